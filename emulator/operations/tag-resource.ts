import type { TagResourceRequest } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';
import { checkTaggable, withTags } from '../control-plane/tagging.js';

/** Adds tags; one with a known key gets the new value. */
export const tagResource =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  ({ resourceArn, tags }: Checked<TagResourceRequest>): Record<never, never> => {
    checkTaggable(cloud, resourceArn);
    cloud.tags.set(resourceArn, withTags(cloud.tags.get(resourceArn) ?? {}, tags));
    return {};
  };
