import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { IoTClient } from '@aws-sdk/client-iot';
import { createClock, type Clock } from '../../emulator/clock.js';
import type { Cloud, CloudEvent, DeviceSide, Execution } from '../../emulator/cloud.js';
import { defaultAssumptions, type Assumptions } from '../../emulator/control-plane/assumptions.js';
import {
  connectControlPlane,
  type ControlPlane,
} from '../../emulator/control-plane/control-plane.js';
import { createCloud } from '../../emulator/control-plane/create-cloud.js';
import { createDispatch } from '../../emulator/dispatch.js';
import { createFaults } from '../../emulator/faults.js';
import { createHttpServer } from '../../emulator/http-server.js';
import { createRequestListener } from '../../emulator/server.js';

export interface EmulatedCloud {
  readonly url: string;
  readonly clock: Clock;
  readonly cloud: Cloud;
  readonly controlPlane: ControlPlane;
  readonly device: DeviceSide;
  readonly greengrass: GreengrassV2Client;
  readonly iot: IoTClient;
  readonly events: CloudEvent[];
  /** How often each thing was told to look. */
  readonly wakes: Map<string, number>;
  readonly calls: Map<string, number>;
  /** What is set here is drawn from then on. */
  readonly faults: Parameters<typeof createFaults>[1];
  /** Creates a thing in a group, with a first status report: a core device. */
  addCoreDevice(thingName: string, ...groups: string[]): void;
  /** The thing's oldest pending execution. */
  next(thingName: string): Execution;
  /** Starts the oldest pending execution and ends it, as the device would. */
  succeed(thingName: string): void;
  fail(thingName: string, status?: 'FAILED' | 'REJECTED'): void;
  close(): Promise<void>;
}

const listen = (server: Server) =>
  new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });

export const report = {
  coreVersion: '2.15.0',
  platform: 'linux',
  architecture: 'aarch64',
  runtime: 'aws_nucleus_classic',
  status: 'HEALTHY',
  messageType: 'COMPLETE',
  installedComponents: [],
} satisfies Parameters<DeviceSide['reportStatus']>[1];

/** The control plane on a port of its own, with devices that do only what the test tells them. */
export async function startEmulatedCloud(
  assumptions: Partial<Assumptions> = {},
): Promise<EmulatedCloud> {
  const clock = createClock({ start: Date.UTC(2026, 0, 5, 8), timeScale: 'max' });
  const events: CloudEvent[] = [];
  const wakes = new Map<string, number>();
  const calls = new Map<string, number>();
  const faults: EmulatedCloud['faults'] = { operations: {} };
  const cloud = createCloud({
    region: 'eu-west-1',
    account: '123456789012',
    seed: 7,
    clock,
    emit: (event) => events.push(event),
  });
  const fleet = {
    wake(thingName: string) {
      wakes.set(thingName, (wakes.get(thingName) ?? 0) + 1);
    },
  };
  const controlPlane = connectControlPlane(cloud, fleet, {
    ...defaultAssumptions,
    ...assumptions,
  });
  const { device } = controlPlane;
  const dispatch = createDispatch({
    home: cloud,
    controlPlane,
    faults: createFaults(cloud.seed, faults),
    onCall(service, operation) {
      const name = `${service}.${operation}`;
      calls.set(name, (calls.get(name) ?? 0) + 1);
    },
  });
  const control = () => Promise.reject(new Error('not under test here'));
  const listener = createRequestListener({ cloud, dispatch, control, journal: undefined });
  const server = createHttpServer(listener);
  const url = await listen(server);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 };
  const greengrass = new GreengrassV2Client(settings);
  const iot = new IoTClient(settings);

  const next = (thingName: string) => {
    const [execution] = device.pendingExecutions(thingName);
    if (!execution) throw new Error(`${thingName} has nothing to do`);
    return execution;
  };

  return {
    url,
    clock,
    cloud,
    controlPlane,
    device,
    greengrass,
    iot,
    events,
    wakes,
    calls,
    faults,
    addCoreDevice(thingName, ...groups) {
      controlPlane.createThing({ thingName });
      for (const thingGroupName of groups)
        controlPlane.addThingToThingGroup({ thingName, thingGroupName });
      device.reportStatus(thingName, report);
    },
    next,
    succeed(thingName) {
      const execution = next(thingName);
      device.startExecution(execution);
      device.finishExecution(execution, { status: 'SUCCEEDED', detailedStatus: 'SUCCESSFUL' });
    },
    fail(thingName, status = 'FAILED') {
      const execution = next(thingName);
      device.startExecution(execution);
      device.finishExecution(execution, {
        status,
        detailedStatus: status === 'REJECTED' ? 'REJECTED' : 'FAILED_ROLLBACK_COMPLETE',
        failureCause: 'it broke',
        errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'],
        errorTypes: ['USER_COMPONENT_ERROR'],
      });
    },
    async close() {
      greengrass.destroy();
      iot.destroy();
      clock.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const groupArn = (name: string) => `arn:aws:iot:eu-west-1:123456789012:thinggroup/${name}`;
export const thingArn = (name: string) => `arn:aws:iot:eu-west-1:123456789012:thing/${name}`;
