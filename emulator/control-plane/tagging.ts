import type { Cloud } from '../cloud.js';
import { invalidField, notFound } from '../errors.js';
import { coreDeviceArn, deploymentArn } from './arns.js';

/** Refuses an ARN of nothing that is there, which one of another account or Region is. */
export function checkTaggable(cloud: Cloud, arn: string): void {
  const { componentVersions, deployments, coreDevices } = cloud;
  const [, , , , , kind = '', ...rest] = arn.split(':');
  const id = rest.join(':');
  const exists =
    (deployments.has(id) && arn === deploymentArn(cloud, id)) ||
    (coreDevices.has(id) && arn === coreDeviceArn(cloud, id)) ||
    isComponent(componentVersions, arn);
  if (!exists) throw notFound(kind, arn);
}

const isComponent = (versions: Cloud['componentVersions'], arn: string) =>
  versions.has(arn) || [...versions.keys()].some((each) => each.startsWith(`${arn}:versions:`));

/** Documented: API model, TagMap: a resource has at most 200 tags. */
const MOST_TAGS = 200;

type Tags = Readonly<Record<string, string>>;

/** What a resource's tags become with more of them; a known key gets the new value. */
export function withTags(known: Tags, more: Tags): Record<string, string> {
  // Documented: AWS General Reference, "Tag naming and usage conventions": no key begins with aws:, in any case.
  if (Object.keys(more).some((key) => /^aws:/i.test(key)))
    throw invalidField('tags', "A tag's key can't begin with aws:");
  const tags = { ...known, ...more };
  if (Object.keys(tags).length > MOST_TAGS)
    throw invalidField('tags', `A resource has at most ${MOST_TAGS} tags`);
  return tags;
}
