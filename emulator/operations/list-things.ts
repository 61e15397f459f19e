import type { ListThingsRequest, ListThingsResponse } from '@aws-sdk/client-iot';
import type { Thing } from '../cloud.js';
import type { Checked } from '../wire/checked.js';
import { page, registryPages } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

const matches = ({ attributes }: Thing, request: Checked<ListThingsRequest>) => {
  const { attributeName, attributeValue, usePrefixAttributeValue, thingTypeName } = request;
  // The emulator's things have no type.
  if (thingTypeName !== undefined) return false;
  if (attributeName === undefined) return true;
  const value = attributes[attributeName];
  if (attributeValue === undefined || value === undefined) return value !== undefined;
  return usePrefixAttributeValue === true
    ? value.startsWith(attributeValue)
    : value === attributeValue;
};

/** All things, or those with an attribute. */
export const listThings =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  (request: Checked<ListThingsRequest>): ListThingsResponse => {
    const found = [...cloud.things.values()].filter((thing) => matches(thing, request));
    const { items, nextToken } = page(found, (thing) => thing.thingName, request, registryPages);
    const things = items.map(({ thingName, thingArn, attributes, version }) => ({
      thingName,
      thingArn,
      attributes,
      version,
    }));
    return { things, nextToken };
  };
