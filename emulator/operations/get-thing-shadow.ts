import type { GetThingShadowRequest, GetThingShadowResponse } from '@aws-sdk/client-iot-data-plane';
import { notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { DEPLOYMENT_SHADOW, deploymentShadow } from '../control-plane/deployment-shadow.js';
import type { Services } from '../control-plane/services.js';

/** The named shadow of a thing's deployments; there is no other shadow. */
export const getThingShadow =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  ({ thingName, shadowName }: Checked<GetThingShadowRequest>): GetThingShadowResponse => {
    const isKnown = shadowName === DEPLOYMENT_SHADOW && cloud.things.has(thingName);
    const shadow = isKnown ? deploymentShadow(cloud, thingName) : undefined;
    if (!shadow) throw notFound('Shadow', shadowName ?? thingName);
    return {
      payload: new TextEncoder().encode(JSON.stringify(shadow)),
    };
  };
