import type { Cloud } from '../cloud.js';

type Home = Pick<Cloud, 'region' | 'account'>;

const greengrass = ({ region, account }: Home, rest: string) =>
  `arn:aws:greengrass:${region}:${account}:${rest}`;
const iot = ({ region, account }: Home, rest: string) => `arn:aws:iot:${region}:${account}:${rest}`;

export const thingArn = (home: Home, name: string) => iot(home, `thing/${name}`);
export const thingGroupArn = (home: Home, name: string) => iot(home, `thinggroup/${name}`);
export const jobArn = (home: Home, jobId: string) => iot(home, `job/${jobId}`);
export const deploymentArn = (home: Home, id: string) => greengrass(home, `deployments:${id}`);
export const coreDeviceArn = (home: Home, thing: string) =>
  greengrass(home, `coreDevices:${thing}`);
export const componentArn = (home: Home, name: string) => greengrass(home, `components:${name}`);
export const componentVersionArn = (home: Home, name: string, version: string) =>
  greengrass(home, `components:${name}:versions:${version}`);

/** What a target ARN names. The wire has checked its form. */
export function parseTarget(arn: string): { kind: 'thing' | 'thinggroup'; name: string } {
  const [, , , , , resource = ''] = arn.split(':');
  const slash = resource.indexOf('/');
  const rest = arn.slice(arn.indexOf('/') + 1);
  return { kind: resource.slice(0, slash) === 'thing' ? 'thing' : 'thinggroup', name: rest };
}
