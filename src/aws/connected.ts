import {
  dynamoDbClient,
  eventBridgeClient,
  greengrassClient,
  iotClient,
  sfnClient,
} from './clients.js';
import { environment } from './environment.js';
import { connectGreengrass } from './greengrass.js';
import { connectIot } from './iot.js';
import { connectRolloutEvents } from './rollout-events.js';
import { connectRollouts } from './rollouts.js';
import { connectStepFunctions } from './step-functions.js';

/**
 * The ports of a function: its region, credentials and table come from its environment. Marked pure, so that a bundle has
 * only those that its step uses.
 */
export const greengrass = /* @__PURE__ */ connectGreengrass(greengrassClient);
export const iot = /* @__PURE__ */ connectIot(iotClient);
export const rollouts = /* @__PURE__ */ connectRollouts(
  dynamoDbClient,
  environment.TABLE_NAME,
  /* @__PURE__ */ connectRolloutEvents(eventBridgeClient),
);
export const stepFunctions = /* @__PURE__ */ connectStepFunctions(sfnClient);
