export { serviceFile } from './service-file.ts';
export { createServiceNotifier } from './service-notifier.ts';
