import * as z from 'zod';
import type { Connections } from './clients.js';
import { UsageError } from './arguments.js';
import { pause } from './terminal.js';

interface Start {
  readonly stage: string;
  readonly rolloutId: string;
  /** The rollout file as written. */
  readonly written: unknown;
  readonly startedBy: string;
}

/** ARN of a stage's state machine. Throws a UsageError where there is none. */
export async function machineArn(
  { stepFunctions }: Pick<Connections, 'stepFunctions'>,
  stage: string,
  name: string,
): Promise<string> {
  const machine = `greenwave-${stage}-${name}`;
  const arn = await stepFunctions.findStateMachine(machine);
  if (arn) return arn;
  throw new UsageError(`there is no state machine ${machine} here: is --stage ${stage} right?`);
}

/** Starts the state machine; answers the execution's ARN. */
export async function startRollout(
  { stepFunctions }: Pick<Connections, 'stepFunctions'>,
  { stage, rolloutId, written, startedBy }: Start,
): Promise<string> {
  const arn = await machineArn({ stepFunctions }, stage, 'rollout');
  return stepFunctions.startExecution(arn, rolloutId, {
    rolloutId,
    rollout: written,
    startedBy,
  });
}

const FunctionError = z.object({ errorMessage: z.string() });

/** What a function threw, out of the JSON that Step Functions keeps of it; anything else as it is. */
export function causeMessage(cause: string): string {
  const json = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('is no JSON');
        return z.NEVER;
      }
    })
    .pipe(FunctionError)
    .safeParse(cause);
  return json.success ? json.data.errorMessage : cause;
}

type Execution = NonNullable<
  Awaited<ReturnType<Connections['stepFunctions']['describeExecution']>>
>;

/** Throws why an execution ended before its rollout held the target. */
function refuse(executionArn: string, { status, cause, error }: Execution): never {
  throw new UsageError(
    cause
      ? causeMessage(cause)
      : `execution ${executionArn} is ${status}: ${error ?? 'no error is told'}`,
  );
}

const POLL_MS = 300;

/**
 * Resolves once the rollout holds its target. Throws a UsageError that says why where it was refused or has failed
 * before that.
 */
export async function untilAccepted(
  { rollouts, stepFunctions }: Pick<Connections, 'rollouts' | 'stepFunctions'>,
  rolloutId: string,
  executionArn: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const execution = await stepFunctions.describeExecution(executionArn);
    const rollout = await rollouts.read(rolloutId);
    if (rollout?.phase === 'Failed')
      throw new UsageError(`rollout ${rolloutId} failed: ${rollout.endReason}`);
    if (rollout && rollout.phase !== 'Planned') return;
    if (execution && execution.status !== 'RUNNING' && execution.status !== 'SUCCEEDED')
      refuse(executionArn, execution);
    await pause(POLL_MS, signal);
  }
}
