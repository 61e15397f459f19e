import * as z from 'zod';
import { command, common } from '../arguments.js';
import { connect } from '../clients.js';
import { cloudNow } from '../cloud-now.js';
import { TARGET, lineTarget } from '../line-target.js';
import { caller, Reason } from '../operator-command.js';

export const freeze = command({
  name: 'freeze',
  summary: 'Stops the line of releases, of one target or of all: no rollout is started from it.',
  argument: TARGET,
  options: { reason: { value: 'TEXT', help: 'why, for whoever finds it stopped (required)' } },
  input: z.strictObject({ ...common, target: z.string().optional(), reason: Reason }),
  notes: [
    'Releases are still taken and their component versions made; their rollouts wait. Rollouts that are under way go on:',
    'greenwave pause stops one of those. It holds until greenwave unfreeze.',
  ],
  example: 'greenwave freeze thinggroup/thermostats --reason "fair in Hanover"',
  async run({ target, reason, stage, json }, terminal) {
    const { releases } = connect(stage, terminal.environment);
    const frozen = lineTarget(target);
    const at = new Date(await cloudNow(terminal.environment)).toISOString();
    const said = { ...(frozen !== undefined && { target: frozen }), by: caller(), reason, at };
    await releases.freeze(said);
    terminal.out(
      json ? JSON.stringify(said) : `The line of ${frozen ?? 'every target'} is frozen.`,
    );
    return 0;
  },
});
