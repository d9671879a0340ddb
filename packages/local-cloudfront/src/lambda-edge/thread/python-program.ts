/**
 * What a process runs that is the execution environment of a Python function. It speaks the messages of
 * `process-environment.ts` over descriptor 3, one JSON text a line, and does what Lambda's runtime does:
 * it loads the handler, writes the log, and says how each invocation went.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
 */
export const pythonProgram = String.raw`
import decimal, importlib, io, json, logging, os, queue, resource, signal, socket, sys
import threading, time, traceback

MAX_LOGGED_CHARACTERS = 1_000_000
started = time.monotonic()
channel = socket.socket(fileno=3)
os.set_inheritable(3, False)
sending = threading.Lock()
requests = queue.SimpleQueue()


def send(message):
    line = json.dumps(message).encode() + b"\n"
    with sending:
        channel.sendall(line)


def receive():
    for line in channel.makefile("rb"):
        requests.put(json.loads(line))
    # The server is gone: nothing that the function has started stays.
    os.killpg(0, signal.SIGKILL)


class Log(io.RawIOBase):
    """Standard output and standard error: each line is an entry of the log."""

    logged = 0
    request_id = None

    def __init__(self):
        self.rest = b""

    def writable(self):
        return True

    def write(self, data):
        *lines, self.rest = (self.rest + bytes(data)).split(b"\n")
        for line in lines:
            Log.entry(line.decode("utf8", "replace"))
        return len(data)

    def end_line(self):
        if self.rest:
            self.write(b"\n")

    @staticmethod
    def entry(text):
        if Log.logged > MAX_LOGGED_CHARACTERS:
            return
        Log.logged += len(text) + 1
        is_rest = Log.logged > MAX_LOGGED_CHARACTERS
        send({"kind": "log", "line": "[the rest of the log is left out]" if is_rest else text})


class Handler(logging.Handler):
    """The root logger's, in the text format of Lambda."""

    def emit(self, record):
        record.aws_request_id = Log.request_id
        Log.entry(self.format(record))


def capture_output():
    logs = Log(), Log()
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedWriter(log), "utf8", "replace", line_buffering=True) for log in logs
    )
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler = Handler()
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)

    def flush():
        sys.stdout.flush()
        sys.stderr.flush()
        for log in logs:
            log.end_line()

    return flush


class Fault(Exception):
    """An error of the runtime itself, as in Runtime.HandlerNotFound."""

    def __init__(self, name, message):
        super().__init__(message)
        self.name = name


def described(error):
    if isinstance(error, Fault):
        return {"type": "Runtime." + error.name, "message": str(error)}
    lines = traceback.extract_tb(error.__traceback__)
    own = [line for line in lines if not line.filename.startswith(("<string>", "<frozen importlib"))]
    stack = "".join(["Traceback (most recent call last):\n", *traceback.format_list(own)])
    name = type(error).__name__
    return {"type": name, "message": str(error), "stack": f"{stack}{name}: {error}"}


def load(handler):
    module_name, dot, name = handler.rpartition(".")
    if not dot:
        raise Fault("MalformedHandlerName", f"Bad handler '{handler}': use file.function, as in index.handler")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        remedy = ""
        if (error.name or "").split(".")[0] in ("boto3", "botocore"):
            remedy = ". Lambda's runtime has it. To run the function here, install it: python3 -m pip install boto3"
        raise Fault("ImportModuleError", f"Unable to import module '{module_name}': {error}{remedy}")
    except SyntaxError as error:
        at = f"{error.msg} ({os.path.basename(error.filename or '')}, line {error.lineno})"
        raise Fault("UserCodeSyntaxError", f"Syntax error in module '{module_name}': {at}")
    if not hasattr(module, name):
        raise Fault("HandlerNotFound", f"Handler '{name}' missing on module '{module_name}'")
    return getattr(module, name)


class Context:
    """What a handler gets as its context."""

    identity = client_context = None

    def __init__(self, setup, request_id):
        self.aws_request_id = request_id
        self.function_name = setup["functionName"]
        self.function_version = setup["functionVersion"]
        self.invoked_function_arn = setup["invokedFunctionArn"]
        self.memory_limit_in_mb = str(setup["memoryMb"])
        self.log_group_name = setup["logGroupName"]
        self.log_stream_name = setup["logStreamName"]
        self._deadline = time.monotonic() + setup["timeoutMs"] / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def as_json(value):
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def run(handler, setup, request):
    try:
        value = handler(json.loads(request["event"]), Context(setup, request["requestId"]))
    except Exception as error:
        fault = described(error)
        Log.entry("[ERROR] " + fault["type"] + ": " + fault["message"] + "\n" + fault["stack"])
        return {"kind": "fault", "fault": "error", "error": fault}
    try:
        return {"kind": "result", "result": json.dumps(value, default=as_json, ensure_ascii=False)}
    except Exception as error:
        fault = {"type": "Runtime.MarshalError", "message": f"Unable to marshal response: {error}"}
        Log.entry("[ERROR] " + fault["type"] + ": " + fault["message"])
        return {"kind": "fault", "fault": "error", "error": fault}


def memory_mb():
    if sys.platform == "darwin":
        return -(-resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024))
    # On Linux, what getrusage returns begins with the memory of the process that started this one.
    with open("/proc/self/status") as status:
        most = next(line for line in status if line.startswith("VmHWM:"))
    return -(-int(most.split()[1]) // 1024)


def main():
    threading.Thread(target=receive, daemon=True).start()
    setup = requests.get()["setup"]
    flush = capture_output()
    # What takes more at once than the function has is ended by the server; this bounds how much it takes till then.
    bytes_at_most = (setup["memoryMb"] + 2048) * 1024 * 1024
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (bytes_at_most, bytes_at_most))
    sys.argv = [""]
    sys.path[0] = setup["taskRoot"]
    for notice in setup["notices"]:
        Log.entry(notice)
    try:
        handler = load(setup["handler"])
    except Exception as error:
        flush()
        outcome = {"kind": "failed", "error": described(error), "lines": []}
        send({"kind": "initialized", "outcome": outcome})
        os._exit(1)
    flush()
    duration = (time.monotonic() - started) * 1000
    send({"kind": "initialized", "outcome": {"kind": "ready", "durationMs": duration}})
    while True:
        request = requests.get()
        Log.request_id = request["requestId"]
        begun = time.monotonic()
        outcome = run(handler, setup, request)
        flush()
        Log.logged = 0
        measured = {"durationMs": (time.monotonic() - begun) * 1000, "memoryMb": memory_mb()}
        response = {**outcome, **measured, "lines": [], "hadLeftovers": False}
        send({"kind": "response", "response": response, "hasLeftovers": False})


main()
`;
