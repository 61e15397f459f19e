import type { Cloud } from '../cloud.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import type { FleetSpec, TimelineSpec } from '../fleet-file.js';
import { StatusChange, statusProblems } from '../status-change.js';
import type { CoreDevice } from './core-device.js';
import type { Fleet } from './fleet.js';
import { profileOf } from './profile.js';
import { draw } from './random.js';

/** What can happen to one device from outside; shared by the timeline and by `inject`. */
export type Happenings = ReturnType<typeof createHappenings>;

const hasComponent = ({ software }: CoreDevice, component: string) =>
  software.components.some(({ name }) => name === component);

/** Before anything is made for a group that takes nobody. */
function checkJoinable({ operations }: ControlPlane, thingGroupName: string): void {
  const { queryString } = operations.IoT.DescribeThingGroup({ thingGroupName });
  if (queryString !== undefined)
    throw new Error(`${thingGroupName} is dynamic: its query says who is in it`);
}

export function createHappenings(controlPlane: ControlPlane, fleet: Fleet, spec: FleetSpec) {
  const deviceOf = (thingName: string): CoreDevice => {
    const device = fleet.devices.get(thingName);
    if (!device) throw new Error(`${thingName} is no core device of this fleet`);
    return device;
  };
  return {
    online: (thingName: string): void => fleet.goOnline(deviceOf(thingName)),
    /** Offline until `online`. */
    offline: (thingName: string): void => fleet.goOffline(deviceOf(thingName)),
    /** Offline for as long as the device's group says. */
    leaveNetwork: (thingName: string): void => fleet.leave(deviceOf(thingName)),
    /** Throws where the component isn't installed on the device. */
    breakComponent: (thingName: string, component: string): void => {
      const device = deviceOf(thingName);
      if (!hasComponent(device, component))
        throw new Error(`${component} is no component of ${thingName}`);
      fleet.breakComponent(device, component);
    },
    stick: (thingName: string): void => fleet.stick(deviceOf(thingName)),
    /** A thing that isn't there yet is made first: a new core device, as the group's others are. */
    join: (thingName: string, group: string): void => {
      if (!fleet.devices.has(thingName)) {
        checkJoinable(controlPlane, group);
        const profile = profileOf(group, spec);
        const attributes = { ...profile.attributes };
        controlPlane.createThing({ thingName, attributePayload: { attributes } });
        fleet.add(thingName, profile);
      }
      controlPlane.addThingToThingGroup({ thingGroupName: group, thingName });
    },
    leave: (thingName: string, group: string): void => {
      controlPlane.removeThingFromThingGroup({ thingGroupName: group, thingName });
    },
    /** The cloud's status of a component version changes; the change is JSON, so that it is kept as it was said. */
    componentState: (component: string, version: string, change: string): void => {
      controlPlane.changeComponent(component, version, parseChange(change));
    },
    /** The device is gone for good and its thing is deleted. */
    retire: (thingName: string): void => {
      fleet.retire(deviceOf(thingName));
      controlPlane.deleteThing({ thingName });
    },
  };
}

function parseChange(json: string): StatusChange {
  const change = StatusChange.parse(JSON.parse(json));
  const [first] = statusProblems(change);
  if (first) throw new Error(`${first.field ?? 'componentState'}: ${first.problem}`);
  return change;
}

/** Sets a timer for each entry of the fleet file's timeline. */
export function scheduleTimeline(
  cloud: Cloud,
  happenings: Happenings,
  fleet: Fleet,
  spec: FleetSpec,
) {
  const start = cloud.clock.now();
  for (const [index, entry] of spec.timeline.entries())
    cloud.clock.schedule(start + entry.at * 1000, () => {
      for (const thingName of concerned(cloud, entry, index))
        if (isThere(fleet, entry, thingName)) happen(happenings, entry, thingName);
    });
}

/** Whether there is what the entry is about: a device of that name, and the component that is to break. */
function isThere({ devices }: Fleet, { does, component = '' }: TimelineSpec, thingName: string) {
  const device = devices.get(thingName);
  if (does === 'join' || !device) return does === 'join';
  return does !== 'break' || hasComponent(device, component);
}

/** The members of a group and of the groups below it. */
const membersBelow = ({ thingGroups }: Pick<Cloud, 'thingGroups'>, name: string): string[] => {
  const group = thingGroups.get(name);
  if (!group) return [];
  const below = [...group.childGroups].flatMap((child) => membersBelow({ thingGroups }, child));
  return [...group.things, ...below];
};

/** The things of an entry at the time it happens; a share holds the same things whatever the group's order. */
function concerned(cloud: Cloud, entry: TimelineSpec, index: number): string[] {
  const { seed } = cloud;
  const things = entry.things ?? membersBelow(cloud, entry.group ?? '');
  return things.filter((thing) => draw(seed, 'timeline', index, thing) < entry.share);
}

function happen(happenings: Happenings, entry: TimelineSpec, thingName: string): void {
  const { does, group = '', component = '' } = entry;
  switch (does) {
    case 'online':
      return happenings.online(thingName);
    case 'offline':
      return happenings.leaveNetwork(thingName);
    case 'break':
      return happenings.breakComponent(thingName, component);
    case 'stick':
      return happenings.stick(thingName);
    case 'join':
      return happenings.join(thingName, group);
    case 'leave':
      return happenings.leave(thingName, group);
    case 'retire':
      return happenings.retire(thingName);
  }
}
