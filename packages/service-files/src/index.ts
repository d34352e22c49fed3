export { createServiceNotifier } from './service-notifier.ts';
export { findServiceUser } from './find-service-user.ts';
export { serviceFile } from './service-file.ts';
export { systemdUnits } from './systemd-units.ts';
