import * as z from 'zod';
import { Settings } from './settings.js';

/** What a run is asked for. */
export const RunRequest = z.strictObject({
  settings: Settings,
  /** `thinggroup/NAME` or `thing/NAME`: only its devices; empty for all. */
  target: z.string(),
});
export type RunRequest = z.infer<typeof RunRequest>;
