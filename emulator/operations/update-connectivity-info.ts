import type {
  UpdateConnectivityInfoRequest,
  UpdateConnectivityInfoResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/**
 * Replaces where client devices reach a core device.
 * Documented: AWS CLI, example of UpdateConnectivityInfo: the version is a UUID.
 */
export const updateConnectivityInfo =
  ({ accountSettings, identifiers }: Pick<Services, 'accountSettings' | 'identifiers'>) =>
  ({
    thingName,
    connectivityInfo,
  }: Checked<UpdateConnectivityInfoRequest>): UpdateConnectivityInfoResponse => {
    accountSettings.connectivity.set(thingName, connectivityInfo);
    // Assumed: the text of the message.
    return { version: identifiers.next(), message: 'Connectivity information updated' };
  };
