import type { DeviceStory } from '../src/aws/device-story.js';
import { placeOf } from '../src/domain/device-place.js';
import { membershipOf } from '../src/domain/membership.js';
import { whatIsNext } from '../src/domain/remediation/what-is-next.js';
import type { Rollout } from '../src/domain/rollout.js';
import { isThing } from '../src/domain/target.js';
import { count, paint, spell, table, timestamp } from './output.js';
import type { Paint } from './output.js';
import { paintPhase } from './phases.js';

const platformOf = ({ platform, architecture }: DeviceStory['report']['device']) =>
  [platform, architecture].filter(Boolean).join('/');

/** What keeps the device from a rank today, if anything does. */
function apartNow({ report: { device } }: DeviceStory, readAt: number): string | undefined {
  const thing = device.coreDeviceThingName;
  const facts = {
    thing,
    platform: platformOf(device),
    status: device.status,
    runtime: device.runtime ?? undefined,
    lastStatusUpdateAt: device.lastStatusUpdateTimestamp.getTime(),
  };
  const { ineligible, unheard } = membershipOf({ readAt, members: [thing], coreDevices: [facts] });
  return [...ineligible, ...unheard][0]?.reason;
}

/** Of which rollout a deployment is, and as what. */
function originOf(story: DeviceStory, deploymentId: string): string | undefined {
  const roles = (rollout: Rollout) =>
    [
      [rollout.deploymentId, 'release'],
      [
        rollout.targetDeploymentId,
        isThing(rollout.targetArn) ? 'release' : 'release, by the target',
      ],
      [rollout.revertDeploymentId, 'revert'],
      [rollout.baseline?.deploymentId, 'baseline'],
    ] as const;
  for (const { rollout } of story.rollouts)
    for (const [id, role] of roles(rollout))
      if (id === deploymentId) return `${role} of ${rollout.rolloutId}`;
  return undefined;
}

/** What went wrong, what was tried, and what comes next. */
function remediationOf({ remediation }: DeviceStory, now: number) {
  if (!remediation) return null;
  const { state, cause, evidence, attempts, remedy, history } = remediation;
  return {
    state,
    cause,
    evidence,
    attempts,
    remedy: remedy ?? null,
    history,
    next: whatIsNext(remediation, now),
  };
}

/** What `explain --json` prints. */
export function explainObject(story: DeviceStory, now: number) {
  const { report, groups, rollouts } = story;
  const { device } = report;
  const apart = apartNow(story, now);
  return {
    thing: device.coreDeviceThingName,
    status: device.status,
    lastStatusAt: device.lastStatusUpdateTimestamp.toISOString(),
    platform: platformOf(device),
    nucleus: device.coreVersion ?? null,
    groups,
    components: report.components.map((one) => ({
      name: one.componentName,
      version: one.componentVersion,
      state: one.lifecycleState ?? null,
      details: one.lifecycleStateDetails ?? null,
      deploymentId: one.lastInstallationSource ?? null,
      from: originOf(story, one.lastInstallationSource ?? '') ?? null,
      reportedAt: one.lastReportedTimestamp?.toISOString() ?? null,
    })),
    deployments: report.deployments.map((one) => ({
      deploymentId: one.deploymentId,
      target: one.targetArn,
      status: one.coreDeviceExecutionStatus,
      from: originOf(story, one.deploymentId) ?? null,
      reason: one.reason ?? null,
      changedAt: one.modifiedTimestamp.toISOString(),
    })),
    remediation: remediationOf(story, now),
    rollouts: rollouts.map(({ rollout, rank }) => ({
      id: rollout.rolloutId,
      phase: rollout.phase,
      rank: rank === undefined ? null : rank + 1,
      place: placeOf(rollout, device.coreDeviceThingName, rank, apart),
    })),
  };
}

type Explained = ReturnType<typeof explainObject>;

const componentRows = ({ components }: Explained) =>
  components.map(({ name, version, state, deploymentId, from, reportedAt }) => [
    name,
    version,
    state ?? undefined,
    reportedAt === null ? undefined : timestamp(reportedAt),
    from ?? deploymentId ?? undefined,
  ]);

const deploymentRows = ({ deployments }: Explained) =>
  deployments.map(({ deploymentId, target, status, from, changedAt }) => [
    deploymentId,
    status,
    timestamp(changedAt),
    from ?? target.replace(/^.*:/, ''),
  ]);

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

const section = (title: string, lines: readonly string[], colour: Paint) =>
  lines.length > 0 ? ['', colour('bold', title), ...indented(lines)] : [];

const titled = (head: readonly string[], rows: readonly (readonly (string | undefined)[])[]) =>
  rows.length > 0 ? table(head, rows) : [];

function problemLines({ components, deployments }: Explained): string[] {
  return [
    ...components
      .filter(({ details }) => details !== null)
      .map(({ name, state, details }) => `${name} is ${state}: ${details}`),
    ...deployments
      .filter(({ status, reason }) => reason && /FAILED|REJECTED|TIMED_OUT/.test(status))
      .map(({ deploymentId, status, reason }) => `${deploymentId} is ${status}: ${reason}`),
  ];
}

const remediationLines = ({ remediation }: Explained): string[] =>
  remediation === null
    ? []
    : [
        ...remediation.history.map(({ at, what, why }) => `${timestamp(at)}  ${what}: ${why}`),
        `${remediation.state}; next: ${remediation.next}`,
      ];

/** One device as a person asks about it: what runs there and where from, what it said when, and its place in rollouts. */
export function explainLines(story: DeviceStory, now: number, hasColour: boolean): string[] {
  const colour = paint(hasColour);
  const explained = explainObject(story, now);
  const { thing, status, lastStatusAt, platform, nucleus, groups } = explained;
  const age = spell((now - Date.parse(lastStatusAt)) / 1000);
  const places = explained.rollouts.map(({ id, place }, i) => {
    const phase = story.rollouts[i]?.rollout.phase;
    return `${id}  ${phase ? paintPhase(phase, colour) : ''}  ${place}`;
  });
  return [
    `${colour('bold', thing)}  ${colour(status === 'HEALTHY' ? 'green' : 'red', status)}, said at ${timestamp(lastStatusAt)}, ${age} ago`,
    `${platform || 'platform unknown'}, nucleus ${nucleus ?? 'unknown'}, in ${groups.length > 0 ? `${count(groups.length, 'group')}: ${groups.join(', ')}` : 'no group'}`,
    ...section(
      'What runs there',
      titled(['component', 'version', 'state', 'reported', 'from'], componentRows(explained)),
      colour,
    ),
    ...section(
      'What it was given',
      titled(['deployment', 'status', 'changed', 'of'], deploymentRows(explained)),
      colour,
    ),
    ...section('What it says', problemLines(explained), colour),
    ...section('Remediation', remediationLines(explained), colour),
    ...section('Rollouts', places, colour),
  ];
}
