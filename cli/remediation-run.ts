import { RunOutput } from '../src/domain/remediation/run-output.js';
import { UsageError } from './arguments.js';
import type { Connections } from './clients.js';
import { causeMessage } from './start-rollout.js';
import { pause } from './terminal.js';

interface Start {
  readonly stage: string;
  readonly runId: string;
  readonly startedBy: string;
  /** Empty for all devices. */
  readonly target: string;
  readonly isDryRun: boolean;
}

type Ports = Pick<Connections, 'stepFunctions'>;

/** Starts a run of remediation; answers the execution's ARN. */
export async function startRemediation(
  { stepFunctions }: Ports,
  { stage, runId, startedBy, target, isDryRun }: Start,
): Promise<string> {
  const machine = `greenwave-${stage}-remediation`;
  const machineArn = await stepFunctions.findStateMachine(machine);
  if (!machineArn)
    throw new UsageError(`there is no state machine ${machine} here: is --stage ${stage} right?`);
  const input = { startedBy, target, dryRun: isDryRun };
  return stepFunctions.startExecution(machineArn, runId, input);
}

const POLL_MS = 500;

/** What a run has come to; undefined where `signal` is aborted before that. Throws a UsageError where it failed. */
export async function untilRunEnded(
  { stepFunctions }: Ports,
  executionArn: string,
  signal: AbortSignal,
): Promise<RunOutput | undefined> {
  while (!signal.aborted) {
    const execution = await stepFunctions.describeExecution(executionArn);
    if (execution?.output !== undefined) return RunOutput.parse(JSON.parse(execution.output));
    if (execution && execution.status !== 'RUNNING' && execution.status !== 'SUCCEEDED')
      throw new UsageError(
        `the run is ${execution.status}: ${causeMessage(execution.cause ?? execution.error ?? '')}`,
      );
    await pause(POLL_MS, signal);
  }
  return undefined;
}
