# Where a measurement happens: the two cores, the databases, the services. Read by bench/run, and never run by itself.
#
# Whatever is started here is ended by `leave_stage`, by its process id. The folders of the databases are on the disk
# of the build: a temporary folder may be in memory, where a flush costs nothing.
# shellcheck shell=bash disable=SC2034 # bench/run uses what is not used here

readonly target=${CARGO_TARGET_DIR:-target}
readonly binary=$target/release/oauthprovider
readonly load=$target/release/examples/load
readonly tokens_in_use=8

python=             # the Python that has Flask
scratch=            # results, logs and SQLite's database of this run
cluster=            # the folder of the PostgreSQL cluster
postgres_url=       # of the cluster, without a database name
load_pid=           # the load generator, while it runs
declare -A pid=()   # what serves, by name
declare -A url=()   # where it does
declare -A database=()
on_server=()        # how a command is bound to the core of the server and its database
on_load=()          # the same for the load

fail() {
    echo "bench/run: $*" >&2
    exit 1
}

say() { echo "bench/run: $*" >&2; }

# One core for server and database, one for the load. Children stay where their parent is.
choose_cores() {
    local server=${BENCH_SERVER_CORE:-0} generator=${BENCH_LOAD_CORE:-1}
    if ! command -v taskset >/dev/null; then
        say "NOT PINNED: taskset is missing; server and load share all cores"
    elif ! taskset -c "$server" true 2>/dev/null || ! taskset -c "$generator" true 2>/dev/null; then
        say "NOT PINNED: the cores $server and $generator are not both to be had; server and load share all cores"
    else
        on_server=(taskset -c "$server")
        on_load=(taskset -c "$generator")
    fi
}

build() {
    tests/compiler
    cargo build --release --locked --bins --example load
    python=$(tests/python "$target/bench-venv" bench/flask/requirements.txt)
    scratch=$(mktemp -d -p "$(realpath "$target")")
    # Both databases' secrets are sealed with it; SQLite's would have one of its own.
    "$binary" server-key new "$scratch/server.key" >/dev/null
    export OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE=$scratch/server.key
}

start_postgres() {
    tests/postgres install
    cluster=$(tests/postgres folder)
    postgres_url=$("${on_server[@]}" tests/postgres start "$cluster" durable)
    # Refuse rather than flatter: a database that does not flush has no place in the figures.
    "$python" -B bench/database.py durable "$postgres_url/postgres" || fail "PostgreSQL does not flush its commits"
}

# Which database a variant of the service lives in; the cluster comes with an empty one.
prepare_database() {
    case $1 in
        sqlite) database[sqlite]=sqlite:$scratch/forge.db ;;
        postgres)
            start_postgres
            database[postgres]=$postgres_url/clients
            ;;
        *) fail "there is no variant $1, only sqlite and postgres" ;;
    esac
    "$binary" import bench/forge.json --database-url "${database[$1]}" >/dev/null
    issue_tokens "$1" >"$scratch/tokens.$1"
}

# The load generator's lines: consumer key, consumer secret, token, token secret.
issue_tokens() {
    local answer='.*"token":"\([^"]*\)","token_secret":"\([^"]*\)".*'
    for _ in $(seq "$tokens_in_use"); do
        "$binary" token issue --user alice --consumer bench --role project-a/Reporter --json \
            --database-url "${database[$1]}" | sed -n "s/$answer/bench-consumer of-no-worth \1 \2/p"
    done
}

# Waits until it says where it listens.
start_service() {
    spawn_service "$1" 127.0.0.1:0
    wait_for_address "$1" 's/.*listening on \(http:[^ ]*\).*/\1/p'
}

# spawn_service VARIANT ADDRESS
spawn_service() {
    "${on_server[@]}" "$binary" serve --listen "$2" --database-url "${database[$1]}" >"$scratch/log.$1" 2>&1 &
    pid[$1]=$!
}

# One process of four threads. Of the arrangements that were tried on one core it answers most: the sync workers keep
# no connection, and more threads or processes only take turns.
start_flask() {
    "$python" -B bench/flask/prepare.py "$postgres_url/postgres" "$scratch/tokens.postgres"
    OAUTH_BENCH_DATABASE=$postgres_url/postgres "${on_server[@]}" "$python" -B -m gunicorn --chdir bench/flask \
        --bind 127.0.0.1:0 --worker-class gthread --workers 1 --threads 4 app:app >"$scratch/log.flask" 2>&1 &
    pid[flask]=$!
    wait_for_address flask 's/.*Listening at: \(http:[^ ]*\).*/\1/p'
}

# wait_for_address NAME SED_SCRIPT: sets url[NAME] to what the script finds in the log.
wait_for_address() {
    local name=$1 script=$2
    for _ in $(seq 300); do
        url[$name]=$(sed -n "$script" "$scratch/log.$name" | head -n 1)
        if [ -n "${url[$name]}" ]; then return; fi
        kill -0 "${pid[$name]}" 2>/dev/null || break
        sleep 0.1
    done
    show_log "$name"
    fail "$name did not come up"
}

# end NAME: SIGTERM, and SIGKILL where that is not heard.
end() {
    local name=$1
    local ended=${pid[$name]}
    unset "pid[$name]"
    kill -TERM "$ended" 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$ended" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$ended" 2>/dev/null || true
    wait "$ended" 2>/dev/null || true
}

show_log() {
    echo "--- the end of the log of $1:" >&2
    tail -n 20 "$scratch/log.$1" >&2
}

# Runs however the run ends, so every step is there for a run that did not get far.
leave_stage() {
    local name
    if [ -n "$load_pid" ]; then kill -KILL "$load_pid" 2>/dev/null || true; fi
    for name in "${!pid[@]}"; do end "$name"; done
    if [ -n "$cluster" ]; then
        tests/postgres stop "$cluster" || say "the cluster in $cluster did not stop"
        rm -rf "$cluster"
    fi
    if [ -n "$scratch" ]; then rm -rf "$scratch"; fi
}
