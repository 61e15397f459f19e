import type { Cloud, Deployment, DeviceSide, Execution } from '../cloud.js';
import type { BehaviourSpec } from '../fleet-file.js';
import { behaviourOf, failure, rejection } from './behaviours.js';
import { settle, type Composition } from './compose-software.js';
import type { Consent } from './component-consent.js';
import type { CoreDevice, Work } from './core-device.js';
import type { Trouble } from './lifecycles.js';
import type { Outcome } from './outcome.js';
import type { Plan, Planner } from './plan-deployment.js';
import { draw, logNormal } from './random.js';
import { softwareAfter, withState } from './software.js';
import { tellOutcome } from './tell-outcome.js';

/** What the steps of a deployment have to do with the world around their device. */
export interface StepWorld {
  readonly cloud: Cloud;
  readonly control: DeviceSide;
  readonly behaviours: readonly BehaviourSpec[];
  readonly consent: Consent;
  readonly plan: Planner;
  goOffline(device: CoreDevice): void;
  errLater(device: CoreDevice, component: string, trouble: Trouble): void;
  /** A PARTIAL status message; after a deployment that succeeded, with its deploymentId. */
  report(device: CoreDevice, succeeded?: string): void;
  /** The device is through with it. */
  done(device: CoreDevice): void;
}

/** A deployment on its way through one device, with what the device decided when it began. */
interface Job {
  readonly device: CoreDevice;
  readonly work: Work;
  readonly deployment: Deployment;
  readonly planned: Plan;
  readonly rule: BehaviourSpec | undefined;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Assumed: a deployment that changes nothing, or that the device can't take, ends within seconds. */
const QUICK_SECONDS = 2;
/** Assumed: half of the time goes into resolving and downloading; a device that drops out meanwhile has what it needs. */
const PREPARATION = 0.5;
/** Assumed: a component that is to break has erred after a third and after two thirds of the time. */
const ERRORS_AT = [1 / 3, 2 / 3];

const SUCCESS: Outcome = { status: 'SUCCEEDED', detailedStatus: 'SUCCESSFUL' };
/** Assumed: so long a component runs again before it errs once more. */
const EVERY_SECONDS = 4;

/** How a component errs after its deployment has succeeded. */
function troubleOf({ outcome, afterSeconds = 0, errors, everySeconds }: BehaviourSpec) {
  if (outcome !== 'BROKEN' && outcome !== 'ERRORED') return undefined;
  return {
    afterSeconds,
    errors: errors ?? (outcome === 'BROKEN' ? 3 : 1),
    everySeconds: everySeconds ?? EVERY_SECONDS,
  };
}

const isBeforeMerge = ({ status, detailedStatus }: Outcome) =>
  status === 'REJECTED' || detailedStatus === 'FAILED_NO_STATE_CHANGE';

/**
 * Carries deployments through devices.
 * Documented: nucleus source, DefaultDeploymentTask and DeploymentConfigMerger: it resolves and downloads, asks the
 * components, asks them about their configuration, and merges; no step has a time-out of its own.
 */
export class DeploymentSteps {
  readonly #world: StepWorld;

  constructor(world: StepWorld) {
    this.#world = world;
  }

  begin(device: CoreDevice, execution: Execution, deployment: Deployment): void {
    device.deployments += 1;
    const decision = this.#decide(device, deployment);
    const { rule } = decision;
    const isSilent = rule?.outcome === 'SILENT';
    const phase = device.sticksNext ? 'stuck' : isSilent ? 'silent' : 'preparing';
    device.sticksNext = false;
    const work: Work = { execution, phase, cancel: () => undefined };
    device.work = work;
    // Documented: API model, ListCoreDevices: a device reports when it receives a deployment.
    this.#world.report(device);
    if (phase !== 'preparing') return;
    if (rule?.outcome === 'OFFLINE')
      this.#after(rule.afterSeconds ?? 0, () => this.#world.goOffline(device));
    const seconds = this.#seconds(device, decision);
    const job = { device, work, deployment, ...decision, seconds };
    work.cancel = this.#after(seconds * PREPARATION, () => this.#prepared(job));
  }

  #decide(device: CoreDevice, deployment: Deployment): Pick<Job, 'planned' | 'rule' | 'outcome'> {
    const { cloud, control, behaviours, plan } = this.#world;
    const { mayListThingGroups } = device.profile;
    const groups = mayListThingGroups ? control.groupsOf(device.thingName) : undefined;
    const planned = plan(device, deployment, groups);
    if ('refusal' in planned) return { planned, rule: undefined, outcome: planned.refusal };
    const rule = behaviourOf(behaviours, cloud.seed, device, planned.started);
    return { planned, rule, outcome: outcomeOf(rule, device, deployment) };
  }

  #seconds(device: CoreDevice, { planned, outcome }: Pick<Job, 'planned' | 'outcome'>): number {
    const isQuick = 'refusal' in planned || planned.started.length === 0;
    if (isQuick || outcome.status === 'REJECTED') return QUICK_SECONDS;
    const luck = draw(this.#world.cloud.seed, 'deploy', device.thingName, device.deployments);
    return logNormal(luck, device.profile.deploySeconds);
  }

  #prepared(job: Job): void {
    const { planned, outcome } = job;
    if ('refusal' in planned || isBeforeMerge(outcome)) this.#finish(job, outcome);
    else this.#ask(job, planned, 0);
  }

  #ask(job: Job, planned: Composition, askedBefore: number): void {
    const { device, work, deployment } = job;
    const { seconds, isDeferred } = this.#world.consent.toUpdate(device, deployment, askedBefore);
    if (seconds === 0) {
      this.#validate(job, planned);
      return;
    }
    work.phase = 'waiting';
    work.cancel = this.#after(seconds, () =>
      isDeferred ? this.#ask(job, planned, askedBefore + 1) : this.#validate(job, planned),
    );
  }

  #validate(job: Job, planned: Composition): void {
    const { device, work, deployment } = job;
    const { seconds, refusal } = this.#world.consent.toConfiguration(device, planned, deployment);
    work.phase = 'merging';
    work.cancel = this.#after(seconds, () =>
      refusal ? this.#finish(job, refusal) : this.#merge(job, planned),
    );
  }

  #merge(job: Job, planned: Composition): void {
    const { device, work, rule, outcome, seconds } = job;
    const merging = seconds * (1 - PREPARATION);
    const before = device.software;
    const isLite = device.profile.runtime === 'aws_nucleus_lite';
    const breaking = rule?.outcome === 'FAILED' && !isLite ? rule.component : undefined;
    if (breaking !== undefined)
      for (const share of ERRORS_AT)
        this.#after(merging * share, () => {
          if (device.work === work) this.#err(device, planned, breaking);
        });
    work.cancel = this.#after(merging, () => this.#finish(job, outcome, before));
  }

  /** Documented: nucleus source, FleetStatusService: a component that is ERRORED is told in a deployment too. */
  #err(device: CoreDevice, planned: Composition, component: string): void {
    const merged = settle(planned, device.software, this.#now());
    device.software = withState(merged, component, 'ERRORED', 'STARTUP_ERROR', this.#now());
    this.#world.report(device);
  }

  #finish(job: Job, outcome: Outcome, before = job.device.software): void {
    const { device, work, deployment, planned, rule } = job;
    const { control } = this.#world;
    const culprit = rule?.component ?? '';
    const course = { before, now: device.software };
    device.work = undefined;
    if ('software' in planned)
      device.software = softwareAfter(course, planned, outcome, culprit, this.#now());
    const told = tellOutcome(device, outcome);
    if (device.isOnline) {
      control.finishExecution(work.execution, told);
      const isSuccess = outcome.status === 'SUCCEEDED';
      // Documented: nucleus source, FleetStatusService: the end of a cloud deployment is told by nuclei before 2.7.0, too,
      // whose changelog is about local deployments.
      this.#world.report(device, isSuccess ? deployment.deploymentId : undefined);
    } else {
      // Documented: nucleus source, FleetStatusService: while offline, only results of deployments are kept for later.
      device.untold = { execution: work.execution, outcome: told };
    }
    const trouble = rule && troubleOf(rule);
    if (trouble) this.#world.errLater(device, culprit, trouble);
    this.#world.done(device);
  }

  #now(): number {
    return this.#world.cloud.clock.now();
  }

  #after(seconds: number, run: () => void) {
    return this.#world.cloud.clock.schedule(this.#now() + seconds * 1000, run);
  }
}

function outcomeOf(
  rule: BehaviourSpec | undefined,
  { profile }: CoreDevice,
  deployment: Deployment,
): Outcome {
  if (rule?.outcome === 'REJECTED') return rejection(rule);
  if (rule?.outcome !== 'FAILED') return SUCCESS;
  // Documented: nucleus lite source, deployment_handler.c: Lite never goes back, whatever the policy.
  const isLite = profile.runtime === 'aws_nucleus_lite';
  const policy = isLite ? 'DO_NOTHING' : deployment.deploymentPolicies?.failureHandlingPolicy;
  return failure(rule, policy);
}
