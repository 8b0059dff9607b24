# Slurm for the tests: a controller and two nodes on this machine, with everything they keep in $PWD/slurm. Source lib.sh
# first. Needs root and Debian's packages slurm-wlm and munge.

# slurm_start [CPUS]: ends when jobs can be submitted. Both nodes have so many processors, whatever the machine has.
slurm_start() {
    slurm=$PWD/slurm
    mkdir -p "$slurm/state"
    dd if=/dev/urandom of="$slurm/munge.key" bs=1k count=1 2>/dev/null
    chmod 400 "$slurm/munge.key"
    munged --force --num-threads=2 --key-file="$slurm/munge.key" --socket="$slurm/munge.socket" \
        --pid-file="$slurm/munged.pid" --log-file="$slurm/munged.log" --seed-file="$slurm/munge.seed" \
        >"$slurm/munged.out" 2>&1 || { cat "$slurm/munged.out" >&2; fail "munged does not start"; }
    port=$((20000 + $$ % 20000))
    cat >"$slurm/slurm.conf" <<END
ClusterName=test
SlurmctldHost=localhost
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.socket,cred_expire=5
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MinJobAge=10
MessageTimeout=2
SlurmctldTimeout=4
KillWait=2
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool-%n
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd-%n.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdLogFile=$slurm/slurmd-%n.log
MaxArraySize=6
NodeName=one NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=${1:-2} State=UNKNOWN
NodeName=two NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=${1:-2} State=UNKNOWN
PartitionName=all Nodes=one,two Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF=$slurm/slurm.conf
    slurmctld -c >"$slurm/slurmctld.out" 2>&1 || { cat "$slurm/slurmctld.out" >&2; fail "slurmctld does not start"; }
    slurmd -N one && slurmd -N two || fail "slurmd does not start"
    wait_for slurm_ready
}

slurm_ready() {
    [ "$(sinfo --noheader --format=%T --Node 2>/dev/null | grep -cE '^(idle|mixed|allocated)')" -eq 2 ]
}

# slurm_stop: all of it, with the jobs.
slurm_stop() {
    scancel --state=RUNNING 2>/dev/null
    for pid in "$slurm"/slurmd-*.pid "$slurm/slurmctld.pid" "$slurm/munged.pid"; do
        [ -s "$pid" ] && kill "$(cat "$pid")" 2>/dev/null
    done
    for pid in "$slurm"/slurmd-*.pid "$slurm/slurmctld.pid"; do
        for _ in $(seq 100); do
            [ -s "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null && sleep 0.1
        done
    done
}

# slurm_idle: nothing is in the queue.
slurm_idle() {
    [ -z "$(squeue --noheader)" ]
}
