import type {
  GetConnectivityInfoRequest,
  GetConnectivityInfoResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/** Where client devices reach a core device. */
export const getConnectivityInfo =
  ({ accountSettings }: Pick<Services, 'accountSettings'>) =>
  ({ thingName }: Checked<GetConnectivityInfoRequest>): GetConnectivityInfoResponse => ({
    connectivityInfo: [...(accountSettings.connectivity.get(thingName) ?? [])],
  });
