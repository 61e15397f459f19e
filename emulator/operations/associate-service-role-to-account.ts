import type {
  AssociateServiceRoleToAccountRequest,
  AssociateServiceRoleToAccountResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { isoTime } from '../iso-time.js';
import type { Services } from '../control-plane/services.js';

/** Sets the role that Greengrass takes on for the account in this Region. */
export const associateServiceRoleToAccount =
  ({ cloud, accountSettings }: Pick<Services, 'cloud' | 'accountSettings'>) =>
  ({
    roleArn,
  }: Checked<AssociateServiceRoleToAccountRequest>): AssociateServiceRoleToAccountResponse => {
    const associatedAt = isoTime(cloud.clock.now());
    accountSettings.serviceRole = { roleArn, associatedAt };
    return { associatedAt };
  };
