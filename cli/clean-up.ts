import { isRunning } from '../src/aws/execution-state.js';
import { executionArnOf } from '../src/domain/execution-arn.js';
import { isOpen } from '../src/domain/rollout-end.js';
import type { Rollout } from '../src/domain/rollout.js';
import { UsageError } from './arguments.js';
import type { Connections } from './clients.js';
import { invocation } from './invocation.js';
import { pause } from './terminal.js';

type Ports = Pick<Connections, 'rollouts' | 'stepFunctions'>;

const POLL_MS = 300;

function nothingLeft({ phase, stragglers, sweptAt }: Rollout): string | undefined {
  if (phase !== 'Failed' && stragglers.length > 0 && sweptAt === undefined)
    return `it is ${phase}, and its stragglers are the hourly sweep's: ${stragglers.join(', ')}`;
  const isDone = phase !== 'Failed' || sweptAt !== undefined;
  return isDone ? `it is ${phase}, and nothing of it is left` : undefined;
}

/** Throws a UsageError where an execution is still at work on the rollout, or nothing of it is left. */
async function refuseLive({ stepFunctions }: Ports, rollout: Rollout): Promise<void> {
  const { rolloutId, executionArn, rollbackExecutionArn } = rollout;
  const what = `cleanup: rollout ${rolloutId}`;
  if (await isRunning(stepFunctions, rollbackExecutionArn))
    throw new UsageError(
      `${what} is being taken back; follow it: ${invocation()} watch ${rolloutId}`,
    );
  if (await isRunning(stepFunctions, executionArn))
    throw new UsageError(
      `${what} is ${rollout.phase} and its execution runs; end it: ${invocation()} abort ${rolloutId} --reason TEXT`,
    );
  const why = isOpen(rollout) ? undefined : nothingLeft(rollout);
  if (why) throw new UsageError(`${what}: ${why}`);
}

/** The first name of a cleanup of this rollout that is free; an execution's name is taken for 90 days. */
async function freeName({ stepFunctions }: Ports, machineArn: string, rolloutId: string) {
  for (let n = 1; ; n += 1) {
    const name = `${rolloutId}-cleanup-${n}`;
    const found = await stepFunctions.describeExecution(executionArnOf(machineArn, name));
    if (!found) return name;
    if (found.status === 'RUNNING')
      throw new UsageError(
        `cleanup: rollout ${rolloutId} is being cleaned up by ${name}; follow it: ${invocation()} watch ${rolloutId}`,
      );
  }
}

/**
 * Starts the rollback machine for a rollout whose own execution is dead; answers the execution's ARN. Throws a UsageError
 * where that would meet an execution at work, or there is nothing to clean up.
 */
export async function startCleanUp(
  ports: Ports,
  rollout: Rollout,
  { stage, by, reason }: { stage: string; by: string; reason: string },
): Promise<string> {
  await refuseLive(ports, rollout);
  const { rolloutId } = rollout;
  const machine = `greenwave-${stage}-rollback`;
  const machineArn = await ports.stepFunctions.findStateMachine(machine);
  if (!machineArn)
    throw new UsageError(`there is no state machine ${machine} here: is --stage ${stage} right?`);
  const name = await freeName(ports, machineArn, rolloutId);
  const input = { rolloutId, phase: 'Aborted', reason: `cleaned up by ${by}: ${reason}` };
  return ports.stepFunctions.startExecution(machineArn, name, input);
}

/** Resolves once the clean-up has taken the rollout over. Throws a UsageError where its execution fails before that. */
export async function untilTakenOver(
  { rollouts, stepFunctions }: Ports,
  rolloutId: string,
  executionArn: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const rollout = await rollouts.read(rolloutId);
    if (rollout?.rollbackExecutionArn === executionArn) return;
    const execution = await stepFunctions.describeExecution(executionArn);
    if (execution?.status === 'SUCCEEDED') return;
    if (execution && execution.status !== 'RUNNING')
      throw new UsageError(
        `cleanup: execution ${executionArn} is ${execution.status}: ${execution.cause ?? execution.error ?? 'no error is told'}`,
      );
    await pause(POLL_MS, signal);
  }
}
