import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { rolloutIdOf } from '../../src/domain/rollout-id.js';
import { command, common } from '../arguments.js';
import { connect } from '../clients.js';
import { startRemediation, untilRunEnded } from '../remediation-run.js';
import { runLines } from '../remediation-view.js';
import { startedBy } from '../started-by.js';
import { INTERRUPTED } from '../terminal.js';

const Target = z
  .string()
  .regex(/^(thinggroup|thing)\/[a-zA-Z0-9:_-]+$/, 'is no target: thinggroup/NAME or thing/NAME')
  .default('');

/** Held by another run: as a rollout that is held. */
const HELD = 3;

export const remediate = command({
  name: 'remediate',
  summary: 'Looks for sick core devices now, repairs what it safely can, and says what it did.',
  options: {
    target: { value: 'TARGET', help: 'only the devices of thinggroup/NAME, or thing/NAME' },
    'dry-run': { help: 'show what it would do, and change nothing' },
  },
  input: z.strictObject({ ...common, target: Target, dryRun: z.boolean().default(false) }),
  notes: [
    'What the schedule does every 15 minutes, with the settings that are deployed. For --target thing/NAME the attempts of that',
    'device begin anew: for a device that a person has seen to. A repair is proven by what the device reports, so a run may take',
    'a quarter of an hour; Ctrl-C ends the watching only. Exit code: 0 done, 1 error, 3 another run is under way, 130 Ctrl-C.',
  ],
  example: 'greenwave remediate --dry-run',
  async run({ target, dryRun, stage, json }, terminal) {
    const connections = connect(stage, terminal.environment);
    const runId = rolloutIdOf('remediate', randomBytes(5));
    const start = { stage, runId, target, isDryRun: dryRun, startedBy: startedBy() };
    const executionArn = await startRemediation(connections, start);
    if (terminal.isInteractive) terminal.err(`Run ${runId} is under way ...`);
    const output = await untilRunEnded(connections, executionArn, terminal.interrupted());
    if (!output) return INTERRUPTED;
    const lines = json
      ? [JSON.stringify(output, undefined, 2)]
      : runLines(output, terminal.hasColour);
    lines.forEach((line) => {
      terminal.out(line);
    });
    return output.outcome === 'AlreadyRunning' ? HELD : 0;
  },
});
