import type { Cloud, Deployment } from '../cloud.js';

type Home = Pick<Cloud, 'region' | 'account'>;

/** Documented: AWS General Reference, "Amazon Resource Names": China and GovCloud are partitions of their own. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

const arn = (service: string, { region, account }: Home, rest: string) =>
  `arn:${partitionOf(region)}:${service}:${region}:${account}:${rest}`;
const greengrass = (home: Home, rest: string) => arn('greengrass', home, rest);
const iot = (home: Home, rest: string) => arn('iot', home, rest);

export const thingArn = (home: Home, name: string) => iot(home, `thing/${name}`);
export const thingGroupArn = (home: Home, name: string) => iot(home, `thinggroup/${name}`);
export const jobArn = (home: Home, jobId: string) => iot(home, `job/${jobId}`);
export const deploymentArn = (home: Home, id: string) => greengrass(home, `deployments:${id}`);
export const coreDeviceArn = (home: Home, thing: string) =>
  greengrass(home, `coreDevices:${thing}`);
export const componentArn = (home: Home, name: string) => greengrass(home, `components:${name}`);
export const componentVersionArn = (home: Home, name: string, version: string) =>
  greengrass(home, `components:${name}:versions:${version}`);

/** No signature is checked, so a caller is whoever has the access key, which is also the user's name. */
export const userArn = ({ region, account }: Home, accessKeyId: string) =>
  `arn:${partitionOf(region)}:iam::${account}:user/${accessKeyId}`;

/** What a target ARN names. The wire has checked its form. */
export function parseTarget(arn: string): { kind: 'thing' | 'thinggroup'; name: string } {
  const [, , , , , resource = ''] = arn.split(':');
  const slash = resource.indexOf('/');
  const rest = arn.slice(arn.indexOf('/') + 1);
  return { kind: resource.slice(0, slash) === 'thing' ? 'thing' : 'thinggroup', name: rest };
}

/** By which a device says for which revision of which target a status is. */
export function configurationArn(
  home: Home,
  { targetArn, revisionId }: Pick<Deployment, 'targetArn' | 'revisionId'>,
): string {
  const { kind, name } = parseTarget(targetArn);
  return greengrass(home, `configuration:${kind}/${name}:${revisionId}`);
}
