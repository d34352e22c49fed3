/** What is wrong with a node of root, outside of a container, and what to do. */
export const rootWithoutNeed = {
  message: 'running as root, which a node does not need: a break-in would own the machine',
  remedy: 'use a separate user (sudo -u USER wemixvisor start …), or --allow-root',
} as const;
