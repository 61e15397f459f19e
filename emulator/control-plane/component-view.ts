import type { CloudComponentStatus, Component } from '@aws-sdk/client-greengrassv2';
import type { Cloud, ComponentVersion } from '../cloud.js';
import { componentArn } from './arns.js';

/** The status of a version as the API gives it. Documented: AWS CLI, example of CreateComponentVersion: the message is NONE. */
export const cloudStatus = (version: ComponentVersion): CloudComponentStatus => ({
  componentState: version.state,
  message: version.stateMessage,
  errors: { ...version.stateErrors },
  vendorGuidance: version.vendorGuidance,
  vendorGuidanceMessage: version.vendorGuidanceMessage,
});

/** What a recipe may leave out. */
export const optionalText = ({ publisher, description }: ComponentVersion) => ({
  ...(publisher !== undefined && { publisher }),
  ...(description !== undefined && { description }),
});

/** A component with its latest version; the versions are given greatest first. */
export const latestOf = (
  cloud: Cloud,
  componentName: string,
  [latest]: readonly ComponentVersion[],
): Component => ({
  arn: componentArn(cloud, componentName),
  componentName,
  ...(latest && {
    latestVersion: {
      arn: latest.arn,
      componentVersion: latest.componentVersion,
      creationTimestamp: new Date(latest.creationTimestamp),
      ...optionalText(latest),
      platforms: [...latest.platforms],
    },
  }),
});
