import type { Cloud, DeviceSide, FleetSide } from '../cloud.js';
import type { Assumptions } from '../control-plane/assumptions.js';
import type { BehaviourSpec } from '../fleet-file.js';
import { Cadence } from './cadence.js';
import { createConsent } from './component-consent.js';
import { CoreDevice } from './core-device.js';
import { DeploymentAgent } from './deployment-agent.js';
import { Lifecycles } from './lifecycles.js';
import type { Outcome } from './outcome.js';
import { createPlanner } from './plan-deployment.js';
import { parsePlatform } from './platform.js';
import { drawAttributes, type Profile } from './profile.js';
import { draw, logNormal } from './random.js';
import { createInstaller } from './software.js';
import { statusMessage } from './status-message.js';

/** The simulated core devices of one account. */
export class Fleet implements FleetSide {
  readonly #cloud: Cloud;
  readonly #control: DeviceSide;
  readonly #devices = new Map<string, CoreDevice>();
  readonly #agent: DeploymentAgent;
  readonly #cadence: Cadence;
  readonly #lifecycles: Lifecycles;
  readonly #install = createInstaller();

  constructor(
    cloud: Cloud,
    control: DeviceSide,
    behaviours: readonly BehaviourSpec[],
    assumptions: Assumptions,
  ) {
    this.#cloud = cloud;
    this.#control = control;
    const report = (device: CoreDevice, succeeded?: string) =>
      this.#report(device, 'PARTIAL', succeeded);
    this.#cadence = new Cadence(cloud.clock, cloud.seed, (device) =>
      this.#report(device, 'COMPLETE'),
    );
    this.#lifecycles = new Lifecycles(cloud.clock, report);
    this.#agent = new DeploymentAgent({
      ...{ cloud, control, behaviours, report },
      consent: createConsent(cloud, behaviours, assumptions),
      plan: createPlanner(cloud),
      goOffline: (device) => this.leave(device),
      errLater: (device, component, trouble) =>
        this.#lifecycles.errLater(device, component, trouble),
    });
  }

  /** By thing name, in the order in which they were added. */
  get devices(): ReadonlyMap<string, CoreDevice> {
    return this.#devices;
  }

  wake(thingName: string): void {
    const device = this.#devices.get(thingName);
    if (device) this.#agent.wake(device);
  }

  /**
   * A core device for a thing that exists, with all its deployments behind it. Its first status message is sent
   * whether it is reachable from now on or not: before, it was. Answers how those deployments ended.
   */
  add(thingName: string, profile: Profile): Outcome[] {
    const { clock, seed } = this.#cloud;
    const { platform, nucleusVersion, isOnline } = drawAttributes(seed, thingName, profile);
    const software = this.#install(profile.runtime, nucleusVersion, clock.now());
    const kind = parsePlatform(platform, profile.platformOverride, profile.runtime, nucleusVersion);
    const device = new CoreDevice(thingName, profile, kind, software);
    this.#devices.set(thingName, device);
    this.#cadence.add(device);
    this.#control.reportConnectivity(thingName, true);
    const outcomes = this.#agent.finishAll(device);
    this.#report(device, 'COMPLETE');
    if (!isOnline) this.leave(device);
    return outcomes;
  }

  /** Takes a device out of the fleet; its thing is the control plane's business. */
  retire(device: CoreDevice): void {
    this.goOffline(device);
    device.isRetired = true;
    device.returning?.();
    device.work?.cancel();
    device.work = undefined;
    this.#devices.delete(device.thingName);
    this.#cadence.remove(device);
  }

  /** Offline until it is told otherwise. */
  goOffline(device: CoreDevice): void {
    if (!device.isOnline) return;
    device.isOnline = false;
    device.poll?.();
    device.poll = undefined;
    this.#control.reportConnectivity(device.thingName, false);
  }

  /** Offline for as long as its group's `offline` says. */
  leave(device: CoreDevice): void {
    if (device.isRetired) return;
    this.goOffline(device);
    const spread = device.profile.returnsAfterSeconds;
    if (!spread || device.returning) return;
    device.departures += 1;
    const luck = draw(this.#cloud.seed, 'return', device.thingName, device.departures);
    device.returning = this.#after(logNormal(luck, spread), () => this.goOnline(device));
  }

  goOnline(device: CoreDevice): void {
    device.returning?.();
    device.returning = undefined;
    if (device.isOnline) return;
    device.isOnline = true;
    this.#control.reportConnectivity(device.thingName, true);
    this.#agent.resume(device);
  }

  stick(device: CoreDevice): void {
    this.#agent.stick(device);
  }

  /**
   * Documented: nucleus source, FleetStatusService: a component that turns ERRORED or BROKEN is reported at once; while
   * offline it is not, and the report on reconnecting tells it.
   */
  breakComponent(device: CoreDevice, component: string): void {
    this.#lifecycles.breakNow(device, component);
  }

  #report(device: CoreDevice, type: 'COMPLETE' | 'PARTIAL', succeeded?: string): void {
    if (!device.isOnline) return;
    const at = this.#cloud.clock.now();
    this.#control.reportStatus(device.thingName, statusMessage(device, type, at, succeeded));
    device.told = device.software.components;
  }

  #after(seconds: number, run: () => void) {
    const { clock } = this.#cloud;
    return clock.schedule(clock.now() + seconds * 1000, run);
  }
}
