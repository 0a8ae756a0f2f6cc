/** MongoDB's names of the error codes this database answers with; every other code is called `Location<code>`. */
const codeNames: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  4: 'NoSuchKey',
  5: 'GraphContainsCycle',
  6: 'HostUnreachable',
  8: 'UnknownError',
  9: 'FailedToParse',
  11: 'UserNotFound',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  17: 'ProtocolError',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  46: 'LockBusy',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  51: 'ManualInterventionRequired',
  34: 'CannotBackfillArray',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  55: 'InvalidDBRef',
  56: 'EmptyFieldName',
  57: 'DottedFieldName',
  59: 'CommandNotFound',
  61: 'ShardKeyNotFound',
  64: 'WriteConcernFailed',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  68: 'IndexAlreadyExists',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  79: 'UnknownReplWriteConcern',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  96: 'OperationFailed',
  100: 'UnsatisfiableWriteConcern',
  111: 'NotExactValueField',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  117: 'ConflictingOperationInProgress',
  121: 'DocumentValidationFailure',
  125: 'CommandFailed',
  135: 'StaleTerm',
  136: 'CappedPositionLost',
  139: 'JSInterpreterFailure',
  145: 'LogicalSessionRecordNotFound',
  146: 'ExceededMemoryLimit',
  159: 'DurationOverflow',
  165: 'ViewDepthLimitExceeded',
  166: 'CommandNotSupportedOnView',
  167: 'OptionNotSupportedOnView',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  172: 'TransportSessionClosed',
  174: 'InvalidViewDefinition',
  181: 'AmbiguousIndexKeyPattern',
  197: 'InvalidIndexSpecificationOption',
  206: 'NoSuchSession',
  217: 'IncompleteTransactionHistory',
  222: 'CloseChangeStream',
  224: 'QueryFeatureNotAllowed',
  225: 'TransactionTooOld',
  231: 'InvalidUUID',
  234: 'RetryChangeStream',
  235: 'InternalErrorNotSupported',
  237: 'CursorKilled',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  257: 'TransactionTooLarge',
  260: 'InvalidResumeToken',
  261: 'TooManyLogicalSessions',
  262: 'ExceededTimeLimit',
  263: 'OperationNotSupportedInTransaction',
  276: 'IndexBuildAborted',
  280: 'ChangeStreamFatalError',
  286: 'ChangeStreamHistoryLost',
  287: 'TransactionCoordinatorDeadlineReached',
  290: 'TransactionExceededLifetimeLimitSeconds',
  291: 'NoQueryExecutionPlans',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  296: 'TenantMigrationConflict',
  307: 'RateLimitExceeded',
  309: 'TransactionAPIMustRetryTransaction',
  318: 'NoSuchView',
  322: 'APIVersionError',
  323: 'APIStrictError',
  329: 'OplogQueryMinTsMissing',
  352: 'UnsupportedOpQueryCommand',
  9001: 'SocketException',
  10003: 'CannotGrowDocumentInCappedNamespace',
  10107: 'NotWritablePrimary',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
  13388: 'StaleConfig',
  14031: 'OutOfDiskSpace',
};

/** MongoDB's name for an error code. */
export function codeNameOf(code: number): string {
  return codeNames[code] ?? `Location${code}`;
}

/** What a command answers with when it fails. `details` are further fields of the error (keyPattern, keyValue). */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly labels: readonly string[] | undefined;
  constructor(
    code: number,
    codeName: string,
    message: string,
    extra: { details?: Readonly<Record<string, unknown>>; labels?: readonly string[] } = {},
  ) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.codeName = codeName;
    this.details = extra.details;
    this.labels = extra.labels;
  }
}

/** Throws the MongoError of a code. */
export function fail(
  code: number,
  codeName: string,
  message: string,
  extra: { details?: Readonly<Record<string, unknown>>; labels?: readonly string[] } = {},
): never {
  throw new MongoError(code, codeName, message, extra);
}
