import type {
  DescribeComponentRequest,
  DescribeComponentResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { cloudStatus, optionalText } from '../control-plane/component-view.js';
import type { Services } from '../control-plane/services.js';

/** A component version and whether it is DEPLOYABLE. */
export const describeComponent =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  ({ arn }: Checked<DescribeComponentRequest>): DescribeComponentResponse => {
    const version = components.find(arn);
    const tags = cloud.tags.get(arn) ?? {};
    return {
      arn,
      componentName: version.componentName,
      componentVersion: version.componentVersion,
      creationTimestamp: new Date(version.creationTimestamp),
      ...optionalText(version),
      status: cloudStatus(version),
      platforms: [...version.platforms],
      // Documented: AWS CLI, example of DescribeComponent: no tags are none.
      ...(Object.keys(tags).length > 0 && { tags }),
    };
  };
