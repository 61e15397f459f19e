import * as z from 'zod';
import { statusOf } from '../../src/domain/rollout-status.js';
import type { Rollout } from '../../src/domain/rollout.js';
import { shortTarget } from '../../src/domain/target.js';
import { command, common } from '../arguments.js';
import { connect } from '../clients.js';
import { paint, table, timestamp } from '../output.js';
import { paintPhase } from '../phases.js';

const HEAD = ['rollout', 'phase', 'target', 'wave', 'admitted', 'failed', 'started', 'ended'];

/** Rollouts as a table, in the order given. */
export function listLines(rollouts: readonly Rollout[], hasColour: boolean): string[] {
  const colour = paint(hasColour);
  const rows = rollouts.map((rollout) => {
    const { admitted, failed } = statusOf(rollout);
    return [
      rollout.rolloutId,
      paintPhase(rollout.phase, colour),
      shortTarget(rollout.targetArn).replace(/^thinggroup\//, ''),
      `${rollout.wave + 1} of ${rollout.waves.length}`,
      `${admitted} of ${rollout.ranked}`,
      failed,
      timestamp(rollout.startedAt),
      rollout.endedAt && timestamp(rollout.endedAt),
    ];
  });
  return table(HEAD, rows);
}

export const list = command({
  name: 'list',
  summary: 'Lists the rollouts of the stage, oldest first.',
  options: { open: { help: 'only those that have not ended' } },
  input: z.strictObject({ ...common, open: z.boolean().default(false) }),
  notes: ["Times are the cloud's."],
  example: 'greenwave list --open',
  async run({ open, stage, json }, terminal) {
    const { rollouts } = connect(stage, terminal.environment);
    const found = await rollouts.list(open ? 'open' : 'all');
    if (json) terminal.out(JSON.stringify(found.map(statusOf), undefined, 2));
    else if (found.length === 0) terminal.err(`There is no ${open ? 'open ' : ''}rollout yet.`);
    else
      listLines(found, terminal.hasColour).forEach((line) => {
        terminal.out(line);
      });
    return 0;
  },
});
