import type { Execution } from '../cloud.js';
import type { CoreDevice } from './core-device.js';
import { DeploymentSteps, type StepWorld } from './deployment-steps.js';
import type { Outcome } from './outcome.js';
import { draw } from './random.js';
import { softwareAfter } from './software.js';

/** What an agent has to do with the world around its devices. */
export type AgentWorld = Omit<StepWorld, 'done'>;

/** Documented: nucleus source, recipe of the nucleus: deploymentPollingFrequencySeconds is 15. */
const POLL_SECONDS = 15;

/** Documented: nucleus source, FleetStatusService: messages about reconnecting are at least a minute apart. */
const RECONNECT_MS = 60_000;

const SUCCESS: Outcome = { status: 'SUCCEEDED', detailedStatus: 'SUCCESSFUL' };

/**
 * The deployment service of the nucleus, for all devices of a fleet.
 * Documented: nucleus source, DeploymentService: one deployment at a time, oldest first, no time-out of its own.
 */
export class DeploymentAgent {
  readonly #world: AgentWorld;
  readonly #steps: DeploymentSteps;

  constructor(world: AgentWorld) {
    this.#world = world;
    this.#steps = new DeploymentSteps({ ...world, done: (device) => this.wake(device) });
  }

  /** Looks at the queue after the poll delay, unless the device is busy, offline or about to look. */
  wake(device: CoreDevice): void {
    if (!device.isOnline) return;
    const pending = this.#pendingOf(device);
    const { work } = device;
    if (work && !pending.includes(work.execution)) this.#callOff(device);
    if (device.work || device.poll || pending.length === 0) return;
    const { seed } = this.#world.cloud;
    const delay = draw(seed, 'poll', device.thingName, device.deployments) * POLL_SECONDS;
    device.poll = this.#after(delay, () => {
      device.poll = undefined;
      this.#takeNext(device);
    });
  }

  /** Finishes all that is pending at no time: what a device has behind it when the emulator starts. */
  finishAll(device: CoreDevice): Outcome[] {
    const { cloud, control, plan } = this.#world;
    return this.#pendingOf(device).flatMap((execution) => {
      const deployment = cloud.deployments.get(execution.deploymentId);
      if (!deployment || !control.startExecution(execution)) return [];
      const planned = plan(device, deployment, control.groupsOf(device.thingName));
      if ('refusal' in planned) return [planned.refusal];
      const course = { before: device.software, now: device.software };
      device.software = softwareAfter(course, planned, SUCCESS, '', cloud.clock.now());
      control.finishExecution(execution, SUCCESS);
      return [SUCCESS];
    });
  }

  /** The deployment in progress, or the next one, never ends. */
  stick(device: CoreDevice): void {
    device.work?.cancel();
    if (device.work) device.work.phase = 'stuck';
    else device.sticksNext = true;
  }

  /** Assumed: a device that comes back has been restarted, so what hung begins anew. */
  resume(device: CoreDevice): void {
    const { control } = this.#world;
    device.sticksNext = false;
    const phase = device.work?.phase;
    if (phase === 'silent' || phase === 'stuck') device.work = undefined;
    const { untold } = device;
    device.untold = undefined;
    if (untold) control.finishExecution(untold.execution, untold.outcome);
    const now = this.#world.cloud.clock.now();
    if (untold || now - device.reconnectedAt >= RECONNECT_MS) {
      device.reconnectedAt = now;
      const isSuccess = untold?.outcome.status === 'SUCCEEDED';
      this.#world.report(device, isSuccess ? untold.execution.deploymentId : undefined);
    }
    this.wake(device);
  }

  /**
   * What the cloud has ended is given up as long as nothing has been merged; else it runs to its end unnoticed.
   * Documented: nucleus source, DeploymentService.cancelCurrentDeployment: the shadow of a thing deployment is told.
   * Documented: nucleus lite source, iot_jobs_listener.c: Lite doesn't cancel.
   */
  #callOff(device: CoreDevice): void {
    const { work } = device;
    const isTooLate = work?.phase === 'merging' || work?.phase === 'stuck';
    const isLite = device.profile.runtime === 'aws_nucleus_lite' && work?.phase !== 'silent';
    if (!work || isTooLate || isLite) return;
    work.cancel();
    device.work = undefined;
    this.#world.control.cancelExecution(work.execution);
  }

  /** Documented: nucleus lite source, docs/spec/executable/ggdeploymentd.md: Lite takes jobs and looks at no shadow. */
  #pendingOf({ thingName, profile }: CoreDevice): readonly Execution[] {
    const { cloud, control } = this.#world;
    const pending = control.pendingExecutions(thingName);
    return profile.runtime === 'aws_nucleus_lite'
      ? pending.filter(
          ({ deploymentId }) => cloud.deployments.get(deploymentId)?.jobId !== undefined,
        )
      : pending;
  }

  #takeNext(device: CoreDevice): void {
    const { cloud, control } = this.#world;
    for (const execution of this.#pendingOf(device)) {
      const deployment = cloud.deployments.get(execution.deploymentId);
      // One that is IN_PROGRESS already was this device's own before it was restarted.
      const isMine = execution.status === 'IN_PROGRESS' || control.startExecution(execution);
      if (!deployment || !isMine) continue;
      this.#steps.begin(device, execution, deployment);
      return;
    }
  }

  #after(seconds: number, run: () => void) {
    const { clock } = this.#world.cloud;
    return clock.schedule(clock.now() + seconds * 1000, run);
  }
}
