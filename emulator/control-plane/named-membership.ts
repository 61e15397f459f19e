import type { Cloud } from '../cloud.js';
import { invalidRequest } from '../errors.js';
import { parseTarget, thingArn, thingGroupArn } from './arns.js';

interface Named {
  readonly thingName?: string | undefined;
  readonly thingArn?: string | undefined;
  readonly thingGroupName?: string | undefined;
  readonly thingGroupArn?: string | undefined;
}

function nameOf(
  name: string | undefined,
  arn: string | undefined,
  what: string,
  arnOf: (name: string) => string,
): string {
  const found = name ?? (arn === undefined ? undefined : parseTarget(arn).name);
  // Documented: AWS IoT API model: neither the name nor the ARN is required. Assumed: one of the two has to be there, and an
  // ARN has to be one of this account and Region.
  if (found === undefined || found === '') throw invalidRequest(`Name the ${what}`);
  if (arn !== undefined && arn !== arnOf(found))
    throw invalidRequest(`${arn} is not the ARN of the ${what} ${found}`);
  return found;
}

type Home = Pick<Cloud, 'region' | 'account'>;

/** The thing of a request that names it by name or by ARN. */
export const namedThing = (home: Home, { thingName, thingArn: arn }: Named): string =>
  nameOf(thingName, arn, 'thing', (name) => thingArn(home, name));

/** The thing and the group of such a request. */
export const namedMembership = (home: Home, named: Named) => ({
  thingName: namedThing(home, named),
  thingGroupName: nameOf(named.thingGroupName, named.thingGroupArn, 'thing group', (name) =>
    thingGroupArn(home, name),
  ),
});
