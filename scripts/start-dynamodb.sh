#!/usr/bin/env bash
# Starts a DynamoDB emulator on this machine, waits until it answers and makes the tables. With Docker it is AWS's own,
# with an admin page and Redis beside it (docker-compose.aws.yml); without, dynalite on Node. Nothing listens beyond
# 127.0.0.1, and nothing is kept when it is stopped.
set -euo pipefail

readonly dynalite_version=4.0.0
# A JVM on a busy machine takes tens of seconds.
readonly deadline_seconds=120
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly state=${CRAWL4_DYNALITE_STATE:-$root/out/dynamodb}
readonly compose_file=$root/docker-compose.aws.yml

usage() {
    cat <<'TEXT'
Usage: scripts/start-dynamodb.sh [--stop] [--no-docker] [--port PORT]

Starts DynamoDB on 127.0.0.1, waits until it answers, and makes Crawl4's tables. What to set in the environment is
printed to standard output, everything else to standard error:

    eval "$(scripts/start-dynamodb.sh)"

  --stop        Stops what this script has started.
  --no-docker   Starts dynalite, also where Docker is there.
  --port PORT   Where dynalite listens. Default: 8000. Docker always takes 8000.
TEXT
}

say() { printf '%s\n' "$*" >&2; }
fail() { say "start-dynamodb: $*"; exit 1; }

has_docker() { docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The process that this script started, where it still runs; a number that another program got since is not it.
running_dynalite() {
    local pid
    [[ -f $state/pid ]] || return 1
    pid=$(<"$state/pid")
    [[ $pid =~ ^[0-9]+$ ]] && [[ $(ps -p "$pid" -o args= 2>/dev/null) == *dynalite* ]] && printf '%s' "$pid"
}

dynalite_folder() {
    if [[ -n ${CRAWL4_DYNALITE:-} && -f $CRAWL4_DYNALITE/cli.js ]]; then
        printf '%s' "$CRAWL4_DYNALITE"
        return
    fi
    local folder=$root/out/tools/node_modules/dynalite
    if [[ ! -f $folder/cli.js ]]; then
        command -v npm >/dev/null || fail "npm is needed to install dynalite. Install Node, or Docker."
        say "Installing dynalite $dynalite_version into out/tools."
        npm install --silent --no-audit --no-fund --no-save --ignore-scripts \
            --prefix "$root/out/tools" "dynalite@$dynalite_version" >&2
    fi
    printf '%s' "$folder"
}

start_docker() {
    say "Starting DynamoDB, its admin page and Redis with Docker."
    docker compose -f "$compose_file" up --detach --wait --wait-timeout "$deadline_seconds" \
        dynamodb dynamodb-admin redis >&2 || fail "the containers are not healthy after $deadline_seconds s: docker compose -f docker-compose.aws.yml logs"
}

start_dynalite() {
    local port=$1 pid folder waited=0
    command -v node >/dev/null || fail "neither Docker nor Node answers here. Install one of them."
    if pid=$(running_dynalite) && [[ $(cat "$state/port" 2>/dev/null) == "$port" ]]; then
        say "dynalite runs already (process $pid)."
        return
    fi
    [[ -z ${pid:-} ]] || fail "dynalite runs already on port $(cat "$state/port"). Stop it with --stop first."
    ! is_open "$port" || fail "something else listens on port $port. Stop it, or give another --port."
    folder=$(dynalite_folder)
    mkdir -p "$state"
    nohup node "$root/scripts/dynalite.js" "$folder" "$port" >"$state/log" 2>&1 </dev/null &
    pid=$!
    printf '%s' "$pid" >"$state/pid"
    printf '%s' "$port" >"$state/port"
    until is_open "$port"; do
        kill -0 "$pid" 2>/dev/null || fail "dynalite ended: $(tail -n 3 "$state/log")"
        ((waited += 1))
        ((waited <= deadline_seconds * 10)) || fail "dynalite does not answer after $deadline_seconds s: see $state/log"
        sleep 0.1
    done
    say "dynalite $dynalite_version runs as process $pid."
}

crawl4() {
    if [[ -x $root/out/bin/crawl4 ]]; then
        "$root/out/bin/crawl4" "$@"
    else
        command -v dotnet >/dev/null || fail "the tables are made by crawl4, which needs the .NET SDK to be built."
        dotnet run --project "$root/src/Crawl4.Cli" --verbosity quiet -- "$@"
    fi
}

stop() {
    local pid stopped=
    if pid=$(running_dynalite); then
        kill "$pid"
        stopped=1
        say "Stopped dynalite (process $pid)."
    fi
    rm -f "$state/pid" "$state/port"
    if has_docker && [[ -n $(docker compose -f "$compose_file" ps --quiet 2>/dev/null) ]]; then
        docker compose -f "$compose_file" down >&2
        stopped=1
    fi
    [[ -n $stopped ]] || say "Nothing was running."
}

port=8000
use_docker=1
while (($# > 0)); do
    case $1 in
        --stop) stop; exit ;;
        --no-docker) use_docker= ;;
        --port)
            port=${2:-}
            if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
                usage >&2
                exit 2
            fi
            shift
            ;;
        --help | -h) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

redis=
if [[ -n $use_docker ]] && has_docker; then
    port=8000
    start_docker
    redis=1
    say "Tables and items: http://127.0.0.1:8001"
else
    start_dynalite "$port"
fi

endpoint=http://127.0.0.1:$port
DYNAMODB_ENDPOINT=$endpoint crawl4 tables init >&2
printf 'export DYNAMODB_ENDPOINT=%s\n' "$endpoint"
[[ -z $redis ]] || printf 'export REDIS_URL=redis://127.0.0.1:6379\n'
