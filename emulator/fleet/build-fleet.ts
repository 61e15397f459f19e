import type { Cloud } from '../cloud.js';
import { thingGroupArn } from '../control-plane/arns.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import type { FleetSpec, GroupSpec } from '../fleet-file.js';
import type { LoadedFleet } from '../load-fleet-file.js';
import type { Fleet } from './fleet.js';
import { FleetFileError, type Problem } from './fleet-file-error.js';
import { devicesOf, membersOf, profileOf } from './profile.js';

/**
 * Fills an empty account with what the fleet file says, at no virtual time: components are DEPLOYABLE, devices already
 * run what their groups have deployed.
 */
export function buildFleet(
  cloud: Cloud,
  controlPlane: ControlPlane,
  fleet: Fleet,
  loaded: LoadedFleet,
  file: string,
): void {
  const { spec, artifacts } = loaded;
  for (const [uri, bytes] of artifacts) cloud.artifacts.set(uri, bytes);
  for (const { component, version, ...change } of spec.componentStates)
    cloud.componentStates.set(`${component}@${version}`, change);
  refuse(file, publishRecipes(controlPlane, loaded));
  createGroups(controlPlane, spec);
  for (const [group, { deployed }] of Object.entries(spec.thingGroups))
    if (deployed)
      controlPlane.createDeployment(
        { targetArn: thingGroupArn(cloud, group), components: componentsOf(deployed) },
        { atOnce: true },
      );
  for (const group of Object.keys(spec.thingGroups))
    refuse(file, addDevices(cloud, fleet, spec, group));
}

function refuse(file: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new FleetFileError(file, problems);
}

function publishRecipes(controlPlane: ControlPlane, { recipes }: LoadedFleet): Problem[] {
  return recipes.flatMap(({ name, bytes }, index) => {
    try {
      controlPlane.createComponentVersion({ inlineRecipe: bytes }, { atOnce: true });
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const problem = `${name} is not a recipe that can be published: ${reason}`;
      return [{ path: `components[${index}]`, problem }];
    }
  });
}

function createGroups(controlPlane: ControlPlane, spec: FleetSpec): void {
  const groups = Object.keys(spec.thingGroups);
  for (const group of parentsFirst(spec)) {
    const { parent, query } = spec.thingGroups[group] ?? {};
    if (query === undefined)
      controlPlane.createThingGroup({
        thingGroupName: group,
        ...(parent !== undefined && { parentGroupName: parent }),
      });
    else
      controlPlane.createDynamicThingGroup(
        { thingGroupName: group, queryString: query },
        { atOnce: true },
      );
  }
  for (const group of groups) {
    const attributes = { ...profileOf(group, spec).attributes };
    for (const thingName of devicesOf(group, spec)) {
      controlPlane.createThing({ thingName, attributePayload: { attributes } });
      // Every device was reachable before the emulator started.
      controlPlane.device.reportConnectivity(thingName, true);
    }
  }
  for (const group of groups)
    for (const thingName of membersOf(group, spec))
      controlPlane.addThingToThingGroup({ thingGroupName: group, thingName });
}

/** The names of the groups, each after its parent. */
function parentsFirst({ thingGroups }: FleetSpec): string[] {
  const ordered = new Set<string>();
  const put = (name: string) => {
    const parent = thingGroups[name]?.parent;
    if (parent !== undefined) put(parent);
    ordered.add(name);
  };
  for (const name of Object.keys(thingGroups)) put(name);
  return [...ordered];
}

/** Stops at the first device that can't run what it has to run: the others can't either. */
function addDevices(cloud: Cloud, fleet: Fleet, spec: FleetSpec, group: string): Problem[] {
  const profile = profileOf(group, spec);
  for (const thingName of devicesOf(group, spec)) {
    const outcomes = fleet.add(thingName, profile);
    const failed = outcomes.find(({ status }) => status !== 'SUCCEEDED');
    if (failed)
      return [
        {
          path: `thingGroups.${group}`,
          problem: `${thingName} can't run what is deployed to its groups: ${failed.failureCause}`,
        },
      ];
    addClientDevices(cloud, thingName, profile.clientDevices);
  }
  return [];
}

const componentsOf = (deployed: NonNullable<GroupSpec['deployed']>) =>
  Object.fromEntries(
    Object.entries(deployed).map(([name, { componentVersion, configurationUpdate, runWith }]) => [
      name,
      {
        componentVersion,
        ...(configurationUpdate && {
          configurationUpdate: {
            ...(configurationUpdate.merge && { merge: JSON.stringify(configurationUpdate.merge) }),
            ...(configurationUpdate.reset && { reset: configurationUpdate.reset }),
          },
        }),
        ...(runWith && { runWith }),
      },
    ]),
  );

function addClientDevices(cloud: Cloud, thingName: string, count: number): void {
  const record = cloud.coreDevices.get(thingName);
  for (let i = 1; i <= count; i += 1)
    record?.clientDevices.set(`${thingName}-client-${i}`, cloud.clock.now());
}
