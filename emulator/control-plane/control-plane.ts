import type { Cloud, DeviceSide, FleetSide } from '../cloud.js';
import { defaultAssumptions, type Assumptions } from './assumptions.js';
import type { Call } from './call.js';
import type { Components } from './components.js';
import { greengrassOperations } from './greengrass-operations.js';
import { iotDataOperations } from './iot-data-operations.js';
import { iotOperations } from './iot-operations.js';
import { createServices } from './services.js';

type Greengrass = ReturnType<typeof greengrassOperations>;
type Iot = ReturnType<typeof iotOperations>;
type IotData = ReturnType<typeof iotDataOperations>;

/** A call of the fleet builder: `atOnce` does on return what takes time over the wire. */
type BuilderCall = Pick<Call, 'atOnce'>;

/** The emulated services behind the wire; the fleet builder calls the same operations as the API. */
export interface ControlPlane {
  readonly device: DeviceSide;
  /** Every operation that is built, by service and by the API's name. */
  readonly operations: {
    readonly Greengrass: Greengrass;
    readonly IoT: Iot;
    readonly IoTData: IotData;
  };
  createComponentVersion(
    request: Parameters<Greengrass['CreateComponentVersion']>[0],
    call?: BuilderCall,
  ): ReturnType<Greengrass['CreateComponentVersion']>;
  createDeployment(
    request: Parameters<Greengrass['CreateDeployment']>[0],
    call?: BuilderCall,
  ): ReturnType<Greengrass['CreateDeployment']>;
  readonly changeComponent: Components['change'];
  readonly createThing: Iot['CreateThing'];
  readonly createThingGroup: Iot['CreateThingGroup'];
  readonly createDynamicThingGroup: Iot['CreateDynamicThingGroup'];
  readonly addThingToThingGroup: Iot['AddThingToThingGroup'];
  readonly removeThingFromThingGroup: Iot['RemoveThingFromThingGroup'];
  readonly deleteThing: Iot['DeleteThing'];
}

/** Joins the cloud's state with the fleet that works on it. */
export function connectControlPlane(
  cloud: Cloud,
  fleet: FleetSide,
  assumptions: Partial<Assumptions> = {},
): ControlPlane {
  const services = createServices(cloud, fleet, { ...defaultAssumptions, ...assumptions });
  const greengrass = greengrassOperations(services);
  const iot = iotOperations(services);
  const asOverTheWire: BuilderCall = { atOnce: false };
  return {
    device: services.device,
    operations: { Greengrass: greengrass, IoT: iot, IoTData: iotDataOperations(services) },
    createComponentVersion: (request, call = asOverTheWire) =>
      greengrass.CreateComponentVersion(request, call),
    createDeployment: (request, call = asOverTheWire) => greengrass.CreateDeployment(request, call),
    changeComponent: (...change) => services.components.change(...change),
    createThing: iot.CreateThing,
    createThingGroup: iot.CreateThingGroup,
    createDynamicThingGroup: iot.CreateDynamicThingGroup,
    addThingToThingGroup: iot.AddThingToThingGroup,
    removeThingFromThingGroup: iot.RemoveThingFromThingGroup,
    deleteThing: iot.DeleteThing,
  };
}
