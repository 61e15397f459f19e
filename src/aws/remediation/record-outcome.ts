import {
  closed,
  escalated,
  failed,
  givenUp,
  hung,
  recovered,
  type Moment,
} from '../../domain/remediation/device-course.js';
import type { DeviceRecord } from '../../domain/remediation/device-record.js';
import { eventOf } from '../../domain/remediation/device-event.js';
import { recordedResult, type Ending } from '../../domain/remediation/ending.js';
import type { DeviceResult } from '../../domain/remediation/report.js';
import type { Settings } from '../../domain/remediation/settings.js';
import type { Greengrass } from '../greengrass.js';
import type { Iot } from '../iot.js';
import type { DeviceEvents } from './device-events.js';
import type { DeviceTags } from './device-tags.js';
import type { Records } from './records.js';

/** What ending with a device takes. */
export interface OutcomePorts {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly records: Records;
  readonly deviceTags: DeviceTags;
  readonly deviceEvents: DeviceEvents;
}

const OWN_GROUP = /^gw-/;

/** Takes away what a repair has left: the device leaves the group of its subdeployment, what was given to it alone is deleted. */
async function cleanUp({ greengrass, iot }: OutcomePorts, { thing, repair }: DeviceRecord) {
  if (repair?.groupName !== undefined) await iot.removeThing(thing, repair.groupName);
  else if (repair?.deploymentId !== undefined && repair.isTemporary)
    await greengrass.removeDeployment(repair.deploymentId);
}

/** Everybody sees that it is left alone: by its tag, and as it is in no group of ours. */
async function quarantine({ iot, deviceTags }: OutcomePorts, after: DeviceRecord, at: string) {
  const thingArn = await iot.thingArn(after.thing);
  if (thingArn === undefined) return;
  for (const group of await iot.groupsOf(after.thing))
    if (OWN_GROUP.test(group)) await iot.removeThing(after.thing, group);
  await deviceTags.quarantine(thingArn, `${after.cause} since ${at}`);
}

async function release({ iot, deviceTags }: OutcomePorts, { thing }: DeviceRecord) {
  const thingArn = await iot.thingArn(thing);
  if (thingArn !== undefined) await deviceTags.release(thingArn);
}

function afterEnding(
  thing: string,
  record: DeviceRecord | undefined,
  { verdict, why, diagnosis }: Ending,
  settings: Settings,
  moment: Moment,
): DeviceRecord {
  if (verdict === 'Escalate' || !record) return escalated(thing, record, diagnosis, moment);
  if (verdict === 'GiveUp') return givenUp(record, diagnosis, moment);
  if (verdict === 'Closed') return closed(record, moment);
  if (verdict === 'Recovered') return recovered(record, why, settings, moment);
  return verdict === 'Hung' ? hung(record, why, moment) : failed(record, why, settings, moment);
}

/**
 * Ends with a device for this run: cleans up after its repair, keeps what came of it, and tells others. A step that runs again
 * finds its record changed at the same moment and only tells once more.
 */
export async function endWithDevice(
  ports: OutcomePorts,
  {
    runId,
    thing,
    settings,
    ...ending
  }: Ending & { runId: string; thing: string; settings: Settings },
  moment: Moment,
): Promise<DeviceResult> {
  const before = await ports.records.device(thing);
  const isDone = before?.since === moment.now && before.state !== 'Repairing';
  const after = isDone ? before : afterEnding(thing, before, ending, settings, moment);
  if (!isDone) {
    if (before) await cleanUp(ports, before);
    if (after.state === 'Quarantined') await quarantine(ports, after, moment.at);
    if (after.state === 'Recovered' && before) await release(ports, after);
    await ports.records.saveDevice(after);
  }
  const result = recordedResult(after, ending);
  const event = eventOf(runId, result, after);
  if (event) await ports.deviceEvents.tell(event);
  return result;
}
