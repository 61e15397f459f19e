import { invalidRequest } from '../errors.js';
import { parseTarget } from './arns.js';

interface Named {
  readonly thingName?: string | undefined;
  readonly thingArn?: string | undefined;
  readonly thingGroupName?: string | undefined;
  readonly thingGroupArn?: string | undefined;
}

const nameOf = (name: string | undefined, arn: string | undefined, what: string) => {
  const found = name ?? (arn === undefined ? undefined : parseTarget(arn).name);
  // Documented: AWS IoT API model: neither the name nor the ARN is required. Assumed: one of the two has to be there.
  if (found === undefined || found === '') throw invalidRequest(`Name the ${what}`);
  return found;
};

/** The thing and the group of a request that names each by name or by ARN. */
export const namedMembership = ({ thingName, thingArn, thingGroupName, thingGroupArn }: Named) => ({
  thingName: nameOf(thingName, thingArn, 'thing'),
  thingGroupName: nameOf(thingGroupName, thingGroupArn, 'thing group'),
});
