// What of the errors is for other packages.
export { ErrorCode, errorByCode, type ErrorEntry, type ErrorName, errorTable } from './error-code.ts'
