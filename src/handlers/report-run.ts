import { people, records } from '../aws/remediation/connected.js';
import type { People } from '../aws/remediation/people.js';
import type { Records } from '../aws/remediation/records.js';
import { messageOf } from '../domain/remediation/report.js';
import { faultKey } from '../domain/remediation/systemic.js';
import { remediationTasks, type ReportRunInput } from '../workflows/remediation.js';
import { logger, task } from './task.js';

/** Keeps what the run came to, and tells people what is left to them: a fault of a release once, as long as it lasts. */
export const reportRun =
  (ports: { people: People; records: Records }) =>
  async ({ at, target, ...run }: ReportRunInput) => {
    const report = { ...run, endedAt: at, ...(target !== '' && { target }) };
    await ports.records.saveRun(report);
    const told = await ports.records.toldFaults();
    const message = messageOf(report, told);
    if (message) await ports.people.tell(message);
    await ports.records.saveToldFaults(run.scan.systemic.map(faultKey));
    logger.info('run reported', { runId: run.runId, devices: run.devices.length });
    return {};
  };

export const handler = task(remediationTasks.ReportRun, reportRun({ people, records }));
