import { greengrass, iot, rollouts, stepFunctions } from '../aws/connected.js';
import { isRunning } from '../aws/execution-state.js';
import { connectivity, executions, fleet, records } from '../aws/remediation/connected.js';
import { isWorthARun } from '../aws/remediation/plan-run.js';
import type { ScanPorts } from '../aws/remediation/scan.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { settingsOf } from '../domain/remediation/settings.js';
import {
  remediationTasks,
  type StartRunInput,
  type StartRunOutput,
} from '../workflows/remediation.js';
import { task } from './task.js';

interface Ports extends ScanPorts {
  readonly stepFunctions: StepFunctions;
}

/** Begins a run if there is anything to do and no other run is under way; a run whose execution has died is replaced. */
export const startRun =
  (ports: Ports) =>
  async (input: StartRunInput): Promise<StartRunOutput> => {
    const { runId, executionArn, target, isDryRun, at } = input;
    const settings = settingsOf(input.settings, input.overrides);
    if (isDryRun) return { outcome: 'Started', reason: 'it changes nothing', settings };
    if (!(await isWorthARun(ports, { settings, target }, Date.parse(at))))
      return { outcome: 'Nothing', reason: 'there is nothing to do', settings };
    const lock = { runId, executionArn, since: at };
    const started = { outcome: 'Started' as const, reason: 'there is something to do', settings };
    if (await ports.records.lockRun(lock)) return started;
    const holder = await ports.records.runLock();
    if (holder && !(await isRunning(ports.stepFunctions, holder.executionArn)))
      if (await ports.records.takeOverRun(holder, lock)) return started;
    const reason = `run ${holder?.runId ?? ''} is under way since ${holder?.since ?? at}`;
    return { outcome: 'AlreadyRunning', reason, settings };
  };

export const handler = task(
  remediationTasks.StartRun,
  startRun({
    ...{ greengrass, iot, rollouts, stepFunctions },
    ...{ connectivity, executions, fleet, records },
  }),
);
