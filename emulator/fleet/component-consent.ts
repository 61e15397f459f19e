import type { Cloud, Deployment } from '../cloud.js';
import type { Assumptions } from '../control-plane/assumptions.js';
import type { BehaviourSpec } from '../fleet-file.js';
import { answersOf, invalidConfiguration, unansweredValidation } from './behaviours.js';
import type { Composition } from './compose-software.js';
import type { CoreDevice } from './core-device.js';
import type { Refusal } from './outcome.js';

/** What the nucleus asks running components before it merges a deployment, and what they say. */
export type Consent = ReturnType<typeof createConsent>;

/** Documented: API model, DeploymentPolicies: the defaults. */
const UPDATE_TIMEOUT_SECONDS = 60;
const VALIDATION_TIMEOUT_SECONDS = 30;
/** Assumed: a component that defers wants to be asked again after so long. */
const DEFER_SECONDS = 60;

export function createConsent(
  { seed }: Pick<Cloud, 'seed'>,
  rules: readonly BehaviourSpec[],
  { validationTimeoutFails }: Pick<Assumptions, 'validationTimeoutFails'>,
) {
  // Documented: nucleus lite source, docs/spec/executable/ggdeploymentd.md: Lite asks nobody.
  const asksNobody = ({ profile }: CoreDevice) => profile.runtime === 'aws_nucleus_lite';

  return {
    /**
     * How long a deployment waits for components, and whether they are asked again then.
     * Documented: nucleus source, UpdateSystemPolicyService: all components that have subscribed are asked, whatever
     * changes; one that doesn't answer in time has agreed, one that defers is asked again, as often as it defers.
     */
    toUpdate(device: CoreDevice, { deploymentPolicies }: Deployment, askedBefore: number) {
      const { action, timeoutInSeconds = UPDATE_TIMEOUT_SECONDS } =
        deploymentPolicies?.componentUpdatePolicy ?? {};
      if (action === 'SKIP_NOTIFY_COMPONENTS' || asksNobody(device))
        return { seconds: 0, isDeferred: false };
      const running = device.software.components.filter(({ state }) => state === 'RUNNING');
      const answers = answersOf(rules, seed, device, running, ['DEFERS', 'NO_ANSWER']);
      const deferred = answers
        .filter(({ outcome, times = Infinity }) => outcome === 'DEFERS' && askedBefore < times)
        .map(({ deferSeconds }) => deferSeconds ?? DEFER_SECONDS);
      const isUnanswered = answers.some(({ outcome }) => outcome === 'NO_ANSWER');
      return {
        seconds: (isUnanswered ? timeoutInSeconds : 0) + Math.max(0, ...deferred),
        isDeferred: deferred.length > 0,
      };
    },

    /**
     * How long components look at their new configuration, and what is wrong with it.
     * Documented: nucleus source, DynamicComponentConfigurationValidator: only components whose version stays are asked.
     */
    toConfiguration(
      device: CoreDevice,
      { started }: Composition,
      { deploymentPolicies }: Deployment,
    ): { seconds: number; refusal: Refusal | undefined } {
      if (asksNobody(device)) return { seconds: 0, refusal: undefined };
      const asked = started.filter(({ name, version, configuration }) =>
        device.software.components.some(
          (each) =>
            each.name === name &&
            each.version === version &&
            each.state === 'RUNNING' &&
            each.configuration !== configuration,
        ),
      );
      const wanted = ['INVALID_CONFIGURATION', 'NO_ANSWER'] as const;
      const answers = answersOf(rules, seed, device, asked, wanted);
      const unanswered = answers.find(({ outcome }) => outcome === 'NO_ANSWER');
      const refused = answers.find(({ outcome }) => outcome === 'INVALID_CONFIGURATION');
      const { timeoutInSeconds = VALIDATION_TIMEOUT_SECONDS } =
        deploymentPolicies?.configurationValidationPolicy ?? {};
      const isFailed = unanswered !== undefined && validationTimeoutFails;
      return {
        seconds: unanswered ? timeoutInSeconds : 0,
        refusal: refused
          ? invalidConfiguration(refused)
          : isFailed
            ? unansweredValidation(unanswered)
            : undefined,
      };
    },
  };
}
