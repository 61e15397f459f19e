import type { RunRequest } from '../../domain/remediation/run-request.js';
import { selectDevices, type Selection, type Wanted } from '../../domain/remediation/selection.js';
import {
  faultOf,
  isFormer,
  isTold,
  rollBackCommand,
  sampleOf,
  suspectsOf,
  componentNamed,
  type SickWith,
  type Suspect,
  type SystemicFault,
} from '../../domain/remediation/systemic.js';
import { isOpen } from '../../domain/rollout-end.js';
import type { Rollout } from '../../domain/rollout.js';
import { isThing, targetOf } from '../../domain/target.js';
import type { StepFunctions } from '../step-functions.js';
import { wakeForPerson } from '../waits.js';
import { scanFleet, type Scan, type ScanPorts } from './scan.js';

async function wantedBy({ iot }: ScanPorts, target: string): Promise<Wanted> {
  if (target === '') return { only: undefined, isAsked: false };
  const { name } = targetOf(target);
  return isThing(target)
    ? { only: new Set([name]), isAsked: true }
    : { only: new Set(await iot.thingsIn(name)), isAsked: false };
}

/** What a device that was asked is sick with: its broken component, or the one that its failure names. */
async function sickWith(
  { greengrass, fleet }: ScanPorts,
  thing: string,
  { deploymentId }: Suspect,
  versions: Readonly<Record<string, string>>,
): Promise<SickWith> {
  const [broken] = await fleet.brokenVersions(thing);
  if (broken) return broken;
  const answer = await greengrass.effectiveDeployment(thing, deploymentId);
  return answer && componentNamed(answer.reason, versions);
}

async function versionsOf({ greengrass }: ScanPorts, deploymentId: string) {
  const { components } = await greengrass.document(deploymentId);
  return Object.fromEntries(
    Object.entries(components).map(([name, { componentVersion }]) => [name, componentVersion]),
  );
}

const isReleasedBy =
  ({ targetArn, component, version }: SystemicFault) =>
  (rollout: Rollout) => {
    const change = rollout.file.release.components[component];
    const isSame = typeof change === 'object' && change.version === version;
    return isOpen(rollout) && rollout.targetArn === targetArn && isSame;
  };

/** So many revisions are asked for another version of a component. */
const REVISIONS_ASKED = 20;

async function formerVersion(ports: ScanPorts, { targetArn, component, version }: SystemicFault) {
  const revisions = (await ports.greengrass.revisions(targetArn)).reverse();
  for (const { deploymentId } of revisions.slice(0, REVISIONS_ASKED)) {
    const former = (await versionsOf(ports, deploymentId))[component];
    if (former !== undefined && former !== version) return former;
  }
  return undefined;
}

/** With the rollout that is to be aborted for it, or what rolls the target back. */
async function answered(
  ports: ScanPorts,
  fault: SystemicFault,
  rollout: Rollout | undefined,
): Promise<SystemicFault> {
  if (rollout) return { ...fault, rolloutId: rollout.rolloutId };
  const command = rollBackCommand(fault, await formerVersion(ports, fault));
  return command === undefined ? fault : { ...fault, command };
}

/** What a run is going to do. */
export interface RunPlan {
  readonly scan: Scan;
  readonly faults: readonly SystemicFault[];
  readonly selection: Selection;
}

/** Looks at the fleet and decides whom a run works on; changes nothing. */
export async function planRun(
  ports: ScanPorts,
  request: RunRequest,
  now: number,
): Promise<RunPlan> {
  const { settings, target } = request;
  const scan = await scanFleet(ports, settings, now);
  const wanted = await wantedBy(ports, target);
  const faults: SystemicFault[] = [];
  const systemic = new Set<string>();
  for (const suspect of suspectsOf(scan, settings)) {
    const versions = await versionsOf(ports, suspect.deploymentId);
    const answers: SickWith[] = [];
    for (const thing of sampleOf(suspect))
      answers.push(await sickWith(ports, thing, suspect, versions));
    const fault = faultOf(suspect, answers, settings);
    if (!fault) continue;
    for (const thing of suspect.things) systemic.add(thing);
    // Sick with what neither a rollout nor this revision gives them: it is the way out, and nobody is told to take it back.
    const rollout = scan.rollouts.find(isReleasedBy(fault));
    if (!rollout && isFormer(fault, versions)) continue;
    faults.push(await answered(ports, fault, rollout));
  }
  return { scan, faults, selection: selectDevices(scan, systemic, settings, wanted, now) };
}

/** Whether a run would find something to do: a device to work on, or a fault that nobody has been told of. */
export async function isWorthARun(
  ports: ScanPorts,
  request: RunRequest,
  now: number,
): Promise<boolean> {
  const scan = await scanFleet(ports, request.settings, now);
  const suspects = suspectsOf(scan, request.settings);
  const told = suspects.length > 0 ? await ports.records.toldFaults() : [];
  if (!suspects.every((suspect) => isTold(suspect, told))) return true;
  const systemic = new Set(suspects.flatMap(({ things }) => things));
  const wanted = await wantedBy(ports, request.target);
  return selectDevices(scan, systemic, request.settings, wanted, now).things.length > 0;
}

/** Aborts the rollouts of versions that make their target sick, as a person would; once. */
export async function abortSickRollouts(
  { rollouts, stepFunctions }: Pick<ScanPorts, 'rollouts'> & { stepFunctions: StepFunctions },
  faults: readonly SystemicFault[],
  at: string,
): Promise<void> {
  for (const { rolloutId, component, version, sick, size } of faults) {
    if (rolloutId === undefined) continue;
    const reason = `${sick} of ${size} devices are sick with ${component} ${version}`;
    await rollouts.want(rolloutId, { wants: 'abort', by: 'remediation', reason, at });
    await wakeForPerson({ rollouts, stepFunctions }, rolloutId);
  }
}
