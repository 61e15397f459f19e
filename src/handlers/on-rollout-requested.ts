import * as z from 'zod';
import { stepFunctions } from '../aws/connected.js';
import { required } from '../aws/release-environment.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { requestedRolloutId } from '../domain/release/line.js';
import { parseRolloutFile } from '../domain/rollout-file.js';
import { trigger } from './trigger.js';

/** `Greenwave Rollout Requested`, from whomever: the rollout file is checked as one from the command line is. */
const RolloutRequested = z.object({
  id: z.string().min(1),
  source: z.string().min(1),
  detail: z.strictObject({ rollout: z.record(z.string(), z.unknown()) }),
});
type RolloutRequested = z.infer<typeof RolloutRequested>;

interface Ports {
  readonly stepFunctions: StepFunctions;
  readonly rolloutMachineArn: () => string;
}

/** Starts the rollout that an event asks for, once however often it comes. Throws where the rollout file is wrong. */
export const onRolloutRequested =
  (ports: Ports) =>
  async ({ id, source, detail: { rollout } }: RolloutRequested) => {
    const { name } = parseRolloutFile(rollout, `event ${id} of ${source}`);
    const rolloutId = requestedRolloutId(name, id);
    const request = { rolloutId, rollout, startedBy: `event of ${source}` };
    await ports.stepFunctions.startOnce(ports.rolloutMachineArn(), rolloutId, request);
    return { done: 'rollout started', rolloutId };
  };

const rolloutMachineArn = () => required('ROLLOUT_MACHINE_ARN');

export const handler = trigger(
  RolloutRequested,
  onRolloutRequested({ stepFunctions, rolloutMachineArn }),
);
