import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { command, common } from '../arguments.js';
import { connect } from '../clients.js';
import { untilReleased, watchPlace } from '../follow-release.js';
import { readReleaseSource } from '../release-source.js';
import { releaseStatus } from '../releases-view.js';
import { machineArn } from '../start-rollout.js';
import { startedBy } from '../started-by.js';
import { INTERRUPTED } from '../terminal.js';

export const release = command({
  name: 'release',
  summary: 'Releases a component by hand, as a webhook would, and follows it.',
  argument: { key: 'file', label: 'FILE' },
  options: { tag: { value: 'TAG', help: 'the version, as v1.4.0; left out, the file has it' } },
  input: z.strictObject({
    ...common,
    file: z.string(),
    tag: z.string().min(1).max(255).optional(),
  }),
  notes: [
    'Makes the component version, waits until it can be deployed, and puts its rollouts into the line of the targets that',
    'the standing policies have. What starts at once is followed to its end; what waits is told, and goes on by itself:',
    'greenwave releases shows it. A recipe is read by its path from the folder of FILE. Exit code: the greatest of the',
    'rollouts followed, as greenwave watch; 0 if all wait, 1 if the release failed or goes nowhere.',
  ],
  example: 'greenwave release greenwave.release.yaml --tag v1.4.0',
  async run({ file, tag, stage, json }, terminal) {
    const released = await readReleaseSource(file, tag);
    const connections = connect(stage, terminal.environment);
    const { stepFunctions } = connections;
    const rolloutMachineArn = await machineArn(connections, stage, 'rollout');
    const releaseId = `cli-${randomBytes(8).toString('hex')}`;
    const origin = { kind: 'file', file: released, ...(tag !== undefined && { tag }) };
    const request = { releaseId, startedBy: startedBy(), origin };
    const releaseMachineArn = await machineArn(connections, stage, 'release');
    const executionArn = await stepFunctions.startExecution(releaseMachineArn, releaseId, request);
    const signal = terminal.interrupted();
    const tell = (reason: string) => terminal.err(`${releaseId}: ${reason}`);
    const shown = await untilReleased(connections, { releaseId, executionArn }, signal, tell);
    if (!shown) return INTERRUPTED;
    if (json) terminal.out(JSON.stringify(releaseStatus(shown)));
    else terminal.out(releaseId);
    if (shown.release.phase === 'Failed' || shown.places.length === 0) return 1;
    let exitCode = 0;
    for (const place of shown.places) {
      const watched = await watchPlace(connections, place, { rolloutMachineArn, json }, terminal);
      exitCode = Math.max(exitCode, watched);
    }
    return exitCode;
  },
});
