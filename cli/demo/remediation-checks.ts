import type { LocalCloud } from '../../local/main.js';
import { CALM_MS } from '../../src/domain/remediation/device-course.js';
import type { DeviceRecord } from '../../src/domain/remediation/device-record.js';
import type { Settings } from '../../src/domain/remediation/settings.js';
import { count } from '../output.js';
import type { Check } from './report.js';
import { isRemedy, type SickSign } from './sick-watch.js';

type Inspect = LocalCloud['emulator']['inspect'];
type Deployment = ReturnType<Inspect['deployments']>[number];

/** How the cloud is after the week, most of it seen from outside: none of it is what remediation says of itself, but `records`. */
export interface Aftermath {
  readonly settings: Settings;
  /** Of the two groups. */
  readonly devices: readonly ReturnType<Inspect['device']>[];
  /** Who was ever sick, and how. */
  readonly sick: ReadonlyMap<string, ReadonlySet<SickSign>>;
  /** All that there ever were. */
  readonly deployments: readonly Deployment[];
  /** Things with the tag of the quarantine. */
  readonly tagged: readonly string[];
  /** The groups of Greenwave that are still there. */
  readonly groups: readonly string[];
  readonly isRunUnderWay: boolean;
  readonly records: ReadonlyMap<string, DeviceRecord>;
  readonly told: readonly string[];
  /** The group whose release was sick, with the component's version before, and the one that made it so. */
  readonly systemic: {
    readonly group: string;
    readonly component: string;
    readonly former: string;
    readonly version: string;
  };
}

/** When each device was given a repair, oldest first; as its deployments say. */
function repairsByDevice({ deployments }: Aftermath): Map<string, number[]> {
  const repairs = new Map<string, number[]>();
  const executions = deployments.filter(isRemedy).flatMap((one) => one.executions);
  for (const { thingName, queuedAt } of executions.sort((a, b) => a.queuedAt - b.queuedAt))
    repairs.set(thingName, [...(repairs.get(thingName) ?? []), queuedAt]);
  return repairs;
}

/** The most repairs in a row that have less than a day between them. */
export function mostInARow(times: readonly number[]): number {
  let most = 0;
  let row = 0;
  times.forEach((time, i) => {
    row = time - (times[i - 1] ?? -Infinity) < CALM_MS ? row + 1 : 1;
    most = Math.max(most, row);
  });
  return most;
}

const AS_IT_SHOULD = new Set(['RUNNING', 'FINISHED']);

const isWell = ({ components }: Aftermath['devices'][number]) =>
  Object.values(components).every(({ lifecycleState }) => AS_IT_SHOULD.has(lifecycleState));

function healthyChecks(after: Aftermath): Check[] {
  const { devices, sick, deployments, tagged, records } = after;
  const healthy = new Set(devices.flatMap((one) => (sick.has(one.thingName) ? [] : one.thingName)));
  const repairs = repairsByDevice(after);
  const isTouched = (thing: string) =>
    repairs.has(thing) || tagged.includes(thing) || records.has(thing);
  const isAsItWas = deployments
    .filter((one) => !/:thinggroup\/gw-/.test(one.targetArn))
    .flatMap(({ executions }) => executions)
    .filter(({ thingName }) => healthy.has(thingName))
    .every(({ status, executionNumber }) => status !== 'CANCELED' && executionNumber === 1);
  return [
    {
      what: `${count(healthy.size, 'healthy device')} got nothing: no deployment, no job anew or cancelled, no tag, no record`,
      isTrue: healthy.size > 0 && ![...healthy].some(isTouched) && isAsItWas,
    },
    {
      what: 'every one of them is well, and in the groups that it was in',
      isTrue: devices.every(
        (one) => !healthy.has(one.thingName) || (isWell(one) && one.groups.length === 1),
      ),
    },
  ];
}

function sickChecks(after: Aftermath): Check[] {
  const { devices, sick, records, settings, tagged } = after;
  const byItself = [...sick.keys()].filter((thing) => !isOfSystemic(after, thing));
  const most = Math.max(0, ...[...repairsByDevice(after).values()].map(mostInARow));
  const byName = new Map(devices.map((one) => [one.thingName, one]));
  const recovered = [...records.values()].filter(({ state }) => state === 'Recovered');
  const isUp = (thing: string) => {
    const device = byName.get(thing);
    return device !== undefined && isWell(device) && !tagged.includes(thing);
  };
  return [
    {
      what: `each of ${count(byItself.length, 'device')} that fell sick by itself was seen to, and nobody else`,
      isTrue: byItself.length === records.size && byItself.every((thing) => records.has(thing)),
    },
    {
      what: `no device got more than ${settings.attempts} repairs for one sickness: ${most} at most`,
      isTrue: most <= settings.attempts,
    },
    {
      what: `all ${recovered.length} that are called recovered are well, and without a tag`,
      isTrue: recovered.length > 0 && recovered.every(({ thing }) => isUp(thing)),
    },
  ];
}

function isOfSystemic({ devices, systemic }: Aftermath, thing: string): boolean {
  return devices.find(({ thingName }) => thingName === thing)?.groups[0] === systemic.group;
}

function systemicChecks(after: Aftermath): Check[] {
  const { devices, sick, records, told, tagged, systemic } = after;
  const { group, component, former, version } = systemic;
  const members = devices.filter(({ thingName }) => isOfSystemic(after, thingName));
  const ill = members.filter(({ thingName }) => sick.has(thingName));
  const repairs = repairsByDevice(after);
  const isTouched = (thing: string) =>
    repairs.has(thing) || records.has(thing) || tagged.includes(thing);
  const about = told.filter((message) => message.includes(`${component} ${version}`));
  const counts = `${ill.length} of ${members.length} devices of thinggroup/${group} are sick with ${component} ${version}`;
  const [message = ''] = about.filter((text) => text.includes(counts));
  return [
    {
      what: `${ill.length} of ${members.length} ${group} were sick with one release: none of them was touched by itself`,
      isTrue: ill.length > 0 && !ill.some(({ thingName }) => isTouched(thingName)),
    },
    {
      what: 'people were told so once, with version, counts and a command',
      isTrue: about.length === 1 && message.includes(' | greenwave rollout '),
    },
    {
      what: `that command took all ${group} back to ${former}`,
      isTrue: members.every((one) => isWell(one) && one.components[component]?.version === former),
    },
  ];
}

function leftoverChecks({
  deployments,
  groups,
  tagged,
  isRunUnderWay,
  records,
}: Aftermath): Check[] {
  const isEmpty = (one: Deployment) => Object.keys(one.versions).length === 0;
  const left = deployments.filter(
    (one) =>
      one.isThere && (/:thinggroup\/gw-/.test(one.targetArn) || (isRemedy(one) && isEmpty(one))),
  );
  const isQuarantined = (thing: string) => records.get(thing)?.state === 'Quarantined';
  const quarantined = [...records.keys()].filter(isQuarantined);
  return [
    { what: 'no group of a repair or a rollout is left', isTrue: groups.length === 0 },
    { what: 'no deployment of one is left', isTrue: left.length === 0 },
    {
      what: `tagged are those in quarantine and nobody else: ${count(quarantined.length, 'device')}`,
      isTrue: tagged.length === quarantined.length && tagged.every(isQuarantined),
    },
    { what: 'no run is under way', isTrue: !isRunUnderWay },
  ];
}

/** Whether the week went as it had to. */
export const remediationChecks = (after: Aftermath): Check[] => [
  ...healthyChecks(after),
  ...sickChecks(after),
  ...systemicChecks(after),
  ...leftoverChecks(after),
];
