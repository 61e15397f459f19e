import type { Cloud, CoreDeviceRecord } from '../cloud.js';
import { notFound } from '../errors.js';

/** What the cloud knows of a core device. Documented: API model, GetCoreDevice: it is there from its first status message on. */
export function findCoreDevice(
  { coreDevices }: Pick<Cloud, 'coreDevices'>,
  name: string,
): CoreDeviceRecord {
  const found = coreDevices.get(name);
  if (!found) throw notFound('coreDevice', name);
  return found;
}
