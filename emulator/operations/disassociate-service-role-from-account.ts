import type { DisassociateServiceRoleFromAccountResponse } from '@aws-sdk/client-greengrassv2';
import { isoTime } from '../iso-time.js';
import type { Services } from '../control-plane/services.js';

/** Takes the service role away; it may be absent already. */
export const disassociateServiceRoleFromAccount =
  ({ cloud, accountSettings }: Pick<Services, 'cloud' | 'accountSettings'>) =>
  (): DisassociateServiceRoleFromAccountResponse => {
    accountSettings.serviceRole = undefined;
    return { disassociatedAt: isoTime(cloud.clock.now()) };
  };
