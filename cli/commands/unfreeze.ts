import * as z from 'zod';
import { command, common, UsageError } from '../arguments.js';
import { connect } from '../clients.js';
import { TARGET, lineTarget } from '../line-target.js';
import { caller, Reason } from '../operator-command.js';

export const unfreeze = command({
  name: 'unfreeze',
  summary: 'Lets a line of releases go on that greenwave freeze has stopped.',
  argument: TARGET,
  options: { reason: { value: 'TEXT', help: 'why (required)' } },
  input: z.strictObject({ ...common, target: z.string().optional(), reason: Reason }),
  notes: [
    'Give the same TARGET as to greenwave freeze. What waits is started at the next quarter of an hour, or when a rollout',
    'ends or a release comes in.',
  ],
  example: 'greenwave unfreeze thinggroup/thermostats --reason "the fair is over"',
  async run({ target, reason, stage, json }, terminal) {
    const { releases } = connect(stage, terminal.environment);
    const frozen = lineTarget(target);
    const what = frozen ?? 'every target';
    if (!(await releases.unfreeze(frozen)))
      throw new UsageError(`the line of ${what} is not frozen; greenwave releases shows what is`);
    const said = { ...(frozen !== undefined && { target: frozen }), by: caller(), reason };
    terminal.out(json ? JSON.stringify(said) : `The line of ${what} goes on: ${reason}`);
    return 0;
  },
});
