import { greengrass, iot, rollouts, stepFunctions } from '../aws/connected.js';
import { connectivity, executions, fleet, records } from '../aws/remediation/connected.js';
import { abortSickRollouts, planRun } from '../aws/remediation/plan-run.js';
import type { ScanPorts } from '../aws/remediation/scan.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { scanReport } from '../domain/remediation/report.js';
import {
  remediationTasks,
  type ScanFleetInput,
  type ScanFleetOutput,
} from '../workflows/remediation.js';
import { logger, task } from './task.js';

interface Ports extends ScanPorts {
  readonly stepFunctions: StepFunctions;
}

/** Decides whom the run works on, and aborts the rollouts whose release makes their target sick. */
export const scanFleet =
  (ports: Ports) =>
  async ({ settings, target, isDryRun, at }: ScanFleetInput): Promise<ScanFleetOutput> => {
    const plan = await planRun(ports, { settings, target }, Date.parse(at));
    if (!isDryRun) await abortSickRollouts(ports, plan.faults, at);
    const scan = scanReport(plan.scan.targets, plan.selection, plan.faults);
    logger.info('fleet scanned', { ...scan, things: plan.selection.things.length });
    return { things: plan.selection.things, scan };
  };

export const handler = task(
  remediationTasks.ScanFleet,
  scanFleet({
    ...{ greengrass, iot, rollouts, stepFunctions },
    ...{ connectivity, executions, fleet, records },
  }),
);
