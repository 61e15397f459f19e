import * as z from 'zod';
import { DeviceResult, ScanReport } from './report.js';

/** What the execution of a run answers. */
export const RunOutput = z.union([
  z.strictObject({ outcome: z.enum(['Nothing', 'AlreadyRunning']), reason: z.string() }),
  z.strictObject({
    outcome: z.enum(['Planned', 'Done']),
    runId: z.string(),
    scan: ScanReport,
    devices: z.array(DeviceResult),
  }),
]);
export type RunOutput = z.infer<typeof RunOutput>;
